"""How the site is dressed: settings of the Material theme that any mkdocs.yml gets from the plugin.

A repository's mkdocs.yml stays four lines long; what it sets itself is kept, but for the web
fonts, which would be loaded from another host.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from weibao.language import N_

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from weibao.language import Language

THEME = Path(__file__).parent / "theme"
FEATURES = ("navigation.tabs", "navigation.top", "search.highlight", "toc.follow")
THEMES_OWN_LANGUAGE = "en"
"""What the theme says where mkdocs.yml says nothing."""

STYLE = "assets/weibao/weibao.css"
SCRIPTS = ("assets/weibao/weibao.js", "assets/weibao/phone.js")


def dress(config: MkDocsConfig, language: Language) -> None:
    """Set the theme up; ``language`` is the contract's first."""
    theme = config.theme
    theme.dirs.insert(0, str(THEME))
    theme["font"] = False
    theme["features"] = list(dict.fromkeys((*theme["features"], *FEATURES)))
    if theme["language"] == THEMES_OWN_LANGUAGE:
        theme["language"] = language.code
    if theme.get("palette") is None:
        theme["palette"] = palette(language)
        theme["weibao_palette"] = True
    if theme.get("icon") is None:
        theme["icon"] = {"logo": "material/shield-check-outline"}
    config.extra_css.append(STYLE)
    config.extra_javascript.extend(SCRIPTS)


def speak(config: MkDocsConfig, language: Language) -> None:
    """Name the switch of light and dark in the language of a page, where the palette is ours."""
    if "weibao_palette" in config.theme:
        config.theme["palette"] = palette(language)


def palette(language: Language) -> list[dict[str, Any]]:
    """Light and dark, by the reader's system at first, with a switch."""
    return [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "primary": "white",
            "accent": "blue",
            "toggle": {
                "icon": "material/weather-night",
                "name": language.text(N_("Switch to dark")),
            },
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "primary": "black",
            "accent": "blue",
            "toggle": {
                "icon": "material/weather-sunny",
                "name": language.text(N_("Switch to light")),
            },
        },
    ]
