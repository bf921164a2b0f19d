"""Names as people say them: whom and what they mean, or several, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from weibao.model import field_kinds as kinds
from weibao.model.naming import the_named, word_called
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from building.commands import Weibao

PEOPLE = {
    "li-qiang": ("李强",),
    "li-na": ("李娜",),
    "wang-lei": ("王蕾", "Wang Lei"),
    "zhao-min": ("赵敏",),
}
ASSETS = {
    "core-sw-01": ("核心交换机 1", "Core switch 1"),
    "core-sw-02": ("核心交换机 2", "Core switch 2"),
    "core-sw-qy-01": ("青屿核心交换机", "Qingyu core switch"),
    "fw-01": ("防火墙", "Firewall"),
}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("li-qiang", "li-qiang"),
        ("ＬＩ－ＱＩＡＮＧ", "li-qiang"),
        ("liqiang", "li-qiang"),
        ("李强", "li-qiang"),
        ("强", "li-qiang"),
        ("qiang", "li-qiang"),
        ("lq", "li-qiang"),
        ("WL", "wang-lei"),
        ("王工", "wang-lei"),
        ("老赵", "zhao-min"),
        ("wang lei", "wang-lei"),
    ],
)
def test_a_person_is_called_by_name_by_initials_or_by_the_end_of_an_id(
    said: str, meant: str
) -> None:
    assert the_named(said, PEOPLE, kinds.PERSON) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("核心交换机１", "core-sw-01"),
        ("qy-01", "core-sw-qy-01"),
        ("青屿", "core-sw-qy-01"),
        ("sw-02", "core-sw-02"),
        ("core switch 2", "core-sw-02"),
        ("防火墙", "fw-01"),
    ],
)
def test_equipment_is_called_by_its_names_in_either_language(said: str, meant: str) -> None:
    assert the_named(said, ASSETS, kinds.ASSET) == meant


@pytest.mark.parametrize(
    ("said", "names", "candidates"),
    [
        ("李", PEOPLE, ("li-qiang 李强", "li-na 李娜")),
        ("01", ASSETS, ("core-sw-01 核心交换机 1", "core-sw-qy-01 青屿核心交换机", "fw-01 防火墙")),
        ("小李", PEOPLE, ("li-qiang 李强", "li-na 李娜")),
    ],
)
def test_what_several_are_called_is_refused_with_all_of_them(
    said: str, names: dict[str, tuple[str, ...]], candidates: tuple[str, ...]
) -> None:
    with pytest.raises(Refusal) as refused:
        the_named(said, names, kinds.PERSON)
    assert refused.value.facts["candidates"] == candidates


@pytest.mark.parametrize("said", ["", "　", "张三", "li-qang", "工", "老"])
def test_what_nobody_is_called_is_refused(said: str) -> None:
    with pytest.raises(Refusal, match="Nobody is called"):
        the_named(said, PEOPLE, kinds.PERSON)


@pytest.mark.parametrize(
    ("kind", "said", "meant"),
    [
        (kinds.CHANNEL, "电话", "phone"),
        (kinds.CHANNEL, "邮件", "email"),
        (kinds.CHANNEL, "ＰＭ", "pm"),
        (kinds.VIA, "微信", "message"),
        (kinds.VIA, "in person", "in_person"),
        (kinds.MODE, "远程", "remote"),
        (kinds.MODE, "on-site", "on_site"),
        (kinds.MODE, "上门", "on_site"),
        (kinds.CHECK_STATUS, "正常", "ok"),
        (kinds.PAUSE_REASON, "等待", "等待"),
        (kinds.PAUSE_REASON, "运营商", "third_party_carrier"),
        (kinds.TICKET_KIND, "故障", "fault"),
        (kinds.TARGET, "到场", "arrive"),
    ],
)
def test_a_choice_is_made_in_the_words_that_it_is_told_in(
    kind: kinds.FieldKind, said: str, meant: str
) -> None:
    assert word_called(kind, said) == meant


def test_where_there_is_none_yet_that_is_said() -> None:
    with pytest.raises(Refusal) as told:
        the_named("suzhou-depot", {}, kinds.DEPOT)
    assert "There is none yet" in told.value.mend


def test_whom_and_what_a_short_name_was_taken_for_is_told(weibao: Weibao) -> None:
    ran = weibao("ticket", "assign", "7K3Q9M", "--to", "小李", "--by", "赵", lang="zh")
    assert ran.code == 0, ran.err
    assert "负责人：li-qiang 李强" in ran.out
    assert "完成人：zhao-min 赵敏" in ran.out
    whole = weibao("ticket", "assign", "7K3Q9M", "--to", "李强", "--by", "zhao-min", lang="zh")
    assert "负责人：" not in whole.out
    assert "完成人：" not in whole.out
