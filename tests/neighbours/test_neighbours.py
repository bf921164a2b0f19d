"""Programs that others keep beside weibao take its files as they lie, and change nothing that is recorded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from building.contract import a_ticket, entry, small_contract, ticket_path
from building.every_event import valid
from project.pages import ROOT

HERE = Path(__file__).parent
NODE = Path(sys.executable).with_name("node")
PATH = ticket_path("T20261120-7K3Q9M")
TICKET = a_ticket(log=[entry("09:15", "opened", by="wang-lei")])
BY_HAND = {
    "records/contract.yaml": ("zone: Asia/Shanghai", "zone: 8"),
    "records/plan.yaml": ("FREQ=", "EVERY="),
    PATH: ("kind: fault", "kind: falt"),
}
"""By file of a small contract a slip that an editor is to underline."""


def run(*command: object, cwd: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records with the schemas and the editor's settings beside them."""
    folder = tmp_path_factory.mktemp("contract")
    texts = small_contract() | {PATH: TICKET}
    starter = ROOT / "tools/weibao/workspace/setup/starter/both"
    texts[".vscode/settings.json"] = (starter / "dot-vscode/settings.json").read_text("utf-8")
    for file in (ROOT / "schemas").glob("*.schema.json"):
        texts[f"schemas/{file.name}"] = file.read_text("utf-8")
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def wrong(contract: Path) -> Any:
    """The same, with its slips for as long as a test takes."""
    sound = {path: (contract / path).read_text("utf-8") for path in BY_HAND}
    for path, (old, new) in BY_HAND.items():
        assert old in sound[path]
        (contract / path).write_text(sound[path].replace(old, new, 1), encoding="utf-8")
    yield contract
    for path, text in sound.items():
        (contract / path).write_text(text, encoding="utf-8", newline="\n")


def check_jsonschema(folder: Path, path: str) -> subprocess.CompletedProcess[str]:
    kind = "ticket" if path == PATH else Path(path).stem
    schema = f"schemas/{kind}.schema.json"
    return run(sys.executable, "-m", "check_jsonschema", "--schemafile", schema, path, cwd=folder)


@pytest.mark.parametrize("path", [*BY_HAND])
def test_check_jsonschema_takes_the_schemas_as_they_lie(contract: Path, path: str) -> None:
    done = check_jsonschema(contract, path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", [*BY_HAND])
def test_check_jsonschema_refuses_a_slip(wrong: Path, path: str) -> None:
    done = check_jsonschema(wrong, path)
    assert done.returncode == 1
    assert "Schema validation errors" in done.stdout


@pytest.mark.parametrize(("folder", "shared"), [("schemas", "common"), ("schemas/output", "parts")])
def test_ajv_compiles_every_schema_in_its_strict_mode(
    packages: Path, folder: str, shared: str
) -> None:
    done = ajv(packages, folder, shared, [])
    files = {file.name for file in (ROOT / folder).glob("*.schema.json")}
    assert {*done["compiled"]} == files - {f"{shared}.schema.json"}


def test_ajv_takes_every_event_of_every_record_and_refuses_another_key(packages: Path) -> None:
    documents = valid()
    damaged = [(kind, {**data, "guess": 1}) for kind, data in documents]
    told = ajv(packages, "schemas", "common", [*documents, *damaged])["told"]

    assert told[: len(documents)] == [[]] * len(documents)
    assert all(told[len(documents) :])


def ajv(packages: Path, folder: str, shared: str, documents: list[tuple[str, Any]]) -> Any:
    named = [(f"{kind}.schema.json", document) for kind, document in documents]
    command = (NODE, HERE / "ajv.mjs", packages, folder, f"{shared}.schema.json")
    done = run(*command, cwd=ROOT, given=json.dumps(named))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def language_server(packages: Path, folder: Path) -> dict[str, list[str]]:
    files = [file.relative_to(folder).as_posix() for file in (folder / "records").rglob("*.yaml")]
    done = run(NODE, HERE / "language_server.mjs", packages, folder, *files, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_language_server_of_editors_finds_nothing_in_sound_records(
    packages: Path, contract: Path
) -> None:
    told = language_server(packages, contract)
    assert {*BY_HAND} <= {*told}
    assert [complaint for complaints in told.values() for complaint in complaints] == []


def test_the_language_server_of_editors_underlines_each_slip(packages: Path, wrong: Path) -> None:
    told = language_server(packages, wrong)
    assert {path for path, complaints in told.items() if complaints} == {*BY_HAND}
    assert not any("resolve reference" in text for texts in told.values() for text in texts)


def test_yamllint_has_nothing_against_a_new_repository(starter: Path) -> None:
    (starter / PATH).parent.mkdir(parents=True, exist_ok=True)
    (starter / PATH).write_text(TICKET, encoding="utf-8", newline="\n")
    done = run(sys.executable, "-m", "yamllint", "--strict", ".", cwd=starter)
    assert (done.returncode, done.stdout) == (0, "")
    strict = ("--strict", "-d", "default", PATH)
    assert run(sys.executable, "-m", "yamllint", *strict, cwd=starter).returncode != 0


def test_yamllint_has_nothing_against_this_repository() -> None:
    done = run(sys.executable, "-m", "yamllint", "--strict", ".", cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "")


def test_prettier_rewrites_nothing_that_is_recorded_or_weibaos_own(
    packages: Path, starter: Path
) -> None:
    (starter / PATH).parent.mkdir(parents=True, exist_ok=True)
    (starter / PATH).write_text(TICKET, encoding="utf-8", newline="\n")
    prettier = (NODE, packages / "node_modules/prettier/bin/prettier.cjs")
    kept = [file for name in ("records", "schemas") for file in (starter / name).rglob("*.*")]
    before = {file: file.read_bytes() for file in kept}
    bare = run(*prettier, "--ignore-path", "none", "--list-different", "records", cwd=starter)
    assert PATH in bare.stdout.splitlines()

    run(*prettier, "--write", ".", cwd=starter)
    assert {file: file.read_bytes() for file in kept} == before


@pytest.mark.parametrize("root", ["starter", "this"])
def test_editors_are_told_to_leave_recorded_lines_alone(starter: Path, root: str) -> None:
    text = ((starter if root == "starter" else ROOT) / ".editorconfig").read_text("utf-8")
    (section,) = (part for part in text.split("\n[") if part.startswith("{records,"))
    assert "trim_trailing_whitespace = false" in section
    assert "max_line_length = off" in section
