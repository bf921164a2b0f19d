"""Draws the pictures of README: the first three pages of the example's monthly report, in each language.

Of the example that ``make demo`` made; it takes pdftoppm (poppler-utils).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
DEMO, MONTH = ROOT / "build" / "demo", "2026-09"
IMAGES = ROOT / "docs" / "images"
PAGES, RESOLUTION, GAP, COLOURS = 3, 60, 12, 64
EDGE = "#c9d0d6"


def draw(code: str) -> Path:
    """One picture of the pages beside each other."""
    with TemporaryDirectory() as folder:
        pdf = Path(folder, "report.pdf")
        weibao = [sys.executable, "-m", "weibao", "-C", str(DEMO), "report", MONTH]
        subprocess.run([*weibao, "--lang", code, "-o", str(pdf)], check=True)
        drawing = ["pdftoppm", "-png", "-l", str(PAGES), "-r", str(RESOLUTION), str(pdf)]
        subprocess.run([*drawing, str(Path(folder, "page"))], check=True)
        pages = [Image.open(page) for page in sorted(Path(folder).glob("page-*.png"))]
        width, height = pages[0].size
        sheet = Image.new("RGB", (PAGES * (width + GAP) + GAP, height + 2 * GAP), EDGE)
        for place, page in enumerate(pages):
            sheet.paste(page, (GAP + place * (width + GAP), GAP))
    path = IMAGES / f"report.{code}.png"
    sheet.quantize(COLOURS).save(path, optimize=True)
    return path


if __name__ == "__main__":
    for language in ("zh", "en"):
        print(draw(language))
