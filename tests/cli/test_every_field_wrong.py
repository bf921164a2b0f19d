"""Every verb with every field wrong in turn: told at once, in the reader's language, nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, Weibao
from weibao.model.events import EVENTS
from weibao.model.field_kinds import Form, Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.events import Event, Field

NOUNS = {
    "ticket": ("ticket", "7K3Q9M"),
    "inspection": ("inspection",),
    "spares": ("spares",),
    "actions": ("action",),
}
APART = {"opened", "attached", "received", "started"}
"""Steps whose command is not made of the table alone."""

RIGHT = {
    Thing.PERSON: "李强",
    Thing.CONTACT: "张工",
    Thing.ASSET: "核心交换机",
    Thing.PART: "主控板",
    Thing.DEPOT: "苏州",
    Thing.TICKET: "７Ｋ３Ｑ９Ｍ",
    Thing.ACTION: "label-patch-panels",
    Thing.ENTRY: "受理",
    Thing.PIECE: "HDMPU1",
    Thing.IMPACT: "生产管理系统＝中断",
    Thing.SEVERITY: "一级",
}
RIGHT_BY_FORM = {Form.NUMBER: "1", Form.DAY: "12月31日", Form.ABOUT: "O401", Form.SERIAL: "HDMPU1"}
WRONG_BY_FORM = {
    Form.CHOICE: "nothing",
    Form.NUMBER: "many",
    Form.RECORD: "ZZZZZZ",
    Form.ENTRY: "nothing",
    Form.IMPACT: "mes",
    Form.ABOUT: "nothing",
    Form.DAY: "2026-02-30",
    Form.SERIAL: "",
}
CONTROL = "no\x07thing"
"""What no text may have in it, and nothing is called."""


def right(field: Field) -> str:
    kind = field.kind
    if kind.choices:
        return kind.choices[0]
    return (kind.thing and RIGHT.get(kind.thing)) or RIGHT_BY_FORM.get(kind.form, "x")


def faults(event: Event) -> Iterator[tuple[str, list[str]]]:
    """Each option of the event's command, with all options as they are when that one is wrong."""
    names = {f"--{field.key.replace('_', '-')}": field for field in event.fields}
    options = {name: right(field) for name, field in names.items()}
    wrong = {name: WRONG_BY_FORM.get(field.kind.form, CONTROL) for name, field in names.items()}
    for name, value in (wrong | {"--at": "soon", "--by": "nobody"}).items():
        if not (name in names and names[name].kind.none_is_said):
            yield name, [word for pair in (options | {name: value}).items() for word in pair]


@pytest.mark.parametrize("kind", NOUNS)
def test_every_field_wrong_in_turn_is_refused_before_anything_is_written(
    weibao: Weibao, kind: str
) -> None:
    noun, *record = NOUNS[kind]
    if kind == "inspection":
        record = [
            weibao("inspection", "start", "quarterly-inspection", "--period", "2026-Q4").out[2:20]
        ]
    head = weibao.repository.head
    for number, event in enumerate(event for event in EVENTS[kind] if event.name not in APART):
        lang, refused = (("en", "Refused: "), ("zh", "未执行："))[number % 2]
        for name, options in faults(event):
            ran = weibao(noun, *event.verb.split(), *record, *options, lang=lang)
            assert (ran.code, ran.out) == (2, ""), (event.verb, name, ran)
            assert ran.err.startswith(refused), (event.verb, name, ran)
            assert len(ran.err.splitlines()) <= 2, (event.verb, name, ran)
    assert weibao.repository.head == head
    assert weibao.repository.git("status", "--porcelain") == ""


def test_what_is_right_in_every_field_is_recorded_as_it_is_called(weibao: Weibao) -> None:
    for verb in ("notified", "impact"):
        event = next(event for event in EVENTS["ticket"] if event.name == verb)
        options = [
            word
            for field in event.fields
            if field.required
            for word in (f"--{field.key.replace('_', '-')}", right(field))
        ]
        ran = weibao("ticket", event.zh, "７ｋ３ｑ９ｍ", *options, "--by", "wanglei")
        assert ran.code == 0, ran.err
    assert "event: notified, by: wang-lei, whom: li-qiang, via: phone" in weibao.repository.read(
        PATH
    )
    assert 'by: wang-lei, impact: [{"on": mes, state: outage}]' in weibao.repository.read(PATH)
