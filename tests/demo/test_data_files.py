"""The data files of the example: read into dataclasses, and refused where they say anything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from weibao.demo import data_files
from weibao.demo.data_files import DataFileError, Said, filled_template, parse_data
from weibao.demo.stories import Story

STORY = """\
- key: fan
  kind: fault
  assets: [core-sw-0]
  titles: ["{asset}风扇框告警"]
  descriptions: [巡视人员发现异响]
  diagnoses: [已联系对方]
  progress: [备件已到场, 更换后转速正常]
  causes: [轴承磨损]
  actions: [更换风扇框]
  severities: {3: 4}
  on_site: true
"""


@dataclass(frozen=True)
class Depot:
    name: str
    minimum: tuple[int, int] = (0, 0)
    watched: bool | None = None
    notes: tuple[Said, ...] = ()
    held: dict[str, int] = field(default_factory=dict)


def read(text: str) -> Depot:
    return parse_data(Depot, "depot.yaml", text)


def refused(text: str) -> str:
    with pytest.raises(DataFileError) as error:
        read(text)
    return str(error.value)


def test_a_value_is_what_the_field_says_and_not_what_it_looks_like() -> None:
    made = read(
        "{name: 0042, minimum: [1, 2], watched: false, notes: ['{site} no'], held: {on: 3}}"
    )

    assert made == Depot("0042", (1, 2), watched=False, notes=(Said("{site} no"),), held={"on": 3})


def test_what_is_left_out_has_the_value_that_the_dataclass_gives_it() -> None:
    assert read("name: 澜城") == Depot("澜城")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name: a\nnoted: b\n", "depot.yaml:2: Depot has no 'noted', only held, "),
        ("\nwatched: true\n", "depot.yaml:2: Depot needs name"),
        ("name: a\nname: b\n", "depot.yaml:2: 'name' stands there twice"),
        ("name: a\nheld:\n  fan: 1\n  fan: 2\n", "depot.yaml:4: 'fan' stands there twice"),
        ("name: a\nheld: {fan: few}\n", "depot.yaml:2: 'few' is no int"),
        ("name: a\nwatched: yes\n", "depot.yaml:2: 'yes' is no bool"),
        ("name: a\nwatched: null\n", "depot.yaml:2: 'null' is no bool"),
        ("name: a\nminimum: [1]\n", "depot.yaml:2: 2 values are needed here, not 1"),
        ("name: a\nminimum: 12\n", "depot.yaml:2: a list is needed here"),
        ("name: [a]\n", "depot.yaml:1: one value is needed here"),
        ("- name: a\n", "depot.yaml:1: keys with values are needed here"),
        (
            "name: a\nnotes:\n  - fine\n  - '{aset} is down'\n",
            "depot.yaml:4: '{aset}' is no place, ",
        ),
        ("name: a\nnotes: ['{asset is down']\n", "depot.yaml:2: '{asset is down' is no place, "),
        ("name: a\nnotes: ['asset} is down']\n", "depot.yaml:2: '}' is no place, "),
        ("name: a\nnotes: ['{}']\n", "depot.yaml:2: '{}' is no place, "),
        ("name: {a\n", "depot.yaml: while parsing a flow mapping"),
        ("# nothing\n", "depot.yaml: it is empty"),
    ],
)
def test_what_a_file_may_not_say_is_refused_with_its_line(text: str, why: str) -> None:
    assert refused(text).startswith(why)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("  causes:", "  reasons:", "stories/x.yaml:8: Story has no 'reasons', only actions, "),
        ("  causes: [轴承磨损]\n", "", "stories/x.yaml:1: Story needs causes"),
        ("{asset}", "{assets}", "stories/x.yaml:4: '{assets}' is no place, only app, asset, "),
    ],
)
def test_a_story_that_lacks_something_or_says_more_is_refused(old: str, new: str, why: str) -> None:
    kind = tuple[Story, ...]
    assert parse_data(kind, "stories/x.yaml", STORY)[0].on_site

    with pytest.raises(DataFileError) as error:
        parse_data(kind, "stories/x.yaml", STORY.replace(old, new))
    assert str(error.value).startswith(why)


def test_without_libyaml_the_files_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = parse_data(tuple[Story, ...], "stories/x.yaml", STORY)
    monkeypatch.setattr(data_files, "_LOADER", yaml.BaseLoader)

    assert parse_data(tuple[Story, ...], "stories/x.yaml", STORY) == quick


def test_a_place_of_a_template_that_nobody_fills_is_an_error() -> None:
    filling = {"effective_from": "2026-06-01", "source": "补充协议一"}

    with pytest.raises(KeyError, match="second_response"):
        filled_template("data/terms.template", **filling)


def test_every_data_file_is_read_by_something() -> None:
    folder = Path(data_files.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    kept = [path for name in ("data", "stories") for path in (folder / name).rglob("*.*")]

    assert len(kept) > 15
    for path in kept:
        assert f'"{path.stem}"' in code or f"{path.name}" in code, path
