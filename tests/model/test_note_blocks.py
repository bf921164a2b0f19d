"""Blocks: what a chat may do to them without harm, and that every other change is found, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weibao.model.note_block import block_of, blocks_in
from weibao.refusal import Refusal, SeveralRefused

SAID = {
    "ticket": "T20261120-7K3Q9M",
    "event": "resolved",
    "at": "2026-11-20T09:35:20+08:00",
    "by": "wang-lei",
    "mode": "on_site",
    "cause": "主控板故障（2 号槽）",
    "note": "更换后\n正常 [95%] 见照片",
}
BLOCK = block_of(SAID)


def told(text: str) -> list[str]:
    """What is refused of a message, in English."""
    with pytest.raises(Refusal) as caught:
        blocks_in(text)
    refusal = caught.value
    return [str(part) for part in refusal.refused] if isinstance(refusal, SeveralRefused) else []


WIDE = str.maketrans({chr(code): chr(0xFEE0 + code) for code in range(0x21, 0x7F)})


@pytest.mark.parametrize(
    "carried",
    [
        BLOCK,
        f"值班台您好：\n{BLOCK}\n辛苦了",
        BLOCK.replace("|", "|\n").replace("]", " ]\r\n"),
        BLOCK.replace("[", "【").replace("]", "】").replace(":", "：").replace("|", "｜"),
        BLOCK.translate(WIDE),
        BLOCK.replace("-", "–"),
        f"“{BLOCK}”",
        BLOCK.replace("wang-lei", "‘wang-lei’"),
        BLOCK.replace("WB1", "wb1").replace(BLOCK[-8:], BLOCK[-8:].lower()),
        BLOCK[:-12] + " " + BLOCK[-12:],
        BLOCK.replace("WB1[", "WB1 ["),
    ],
)
def test_a_chat_may_change_how_a_block_looks(carried: str) -> None:
    (block,) = blocks_in(carried)
    words = {"cause", "note"}
    assert {key: value for key, value in block.said.items() if key not in words} == {
        key: value for key, value in SAID.items() if key not in words
    }
    assert block.said["note"].replace("％", "%").startswith("更换后\n正常")
    assert block.said["note"].translate(str.maketrans("９５％", "95%")).endswith("[95%] 见照片")


def test_words_are_kept_as_they_came() -> None:
    assert blocks_in(BLOCK)[0].said == SAID
    wrapped = BLOCK.replace("主控板故障", "主控\n板故障")
    assert blocks_in(wrapped)[0].said["cause"] == SAID["cause"]


@given(
    st.dictionaries(st.sampled_from(["note", "cause", "title"]), st.text(min_size=1, max_size=40))
)
def test_whatever_is_said_comes_back(said: dict[str, str]) -> None:
    said = {key: value.strip() for key, value in said.items() if value.strip()} | {"event": "x"}
    (block,) = blocks_in(block_of(said))
    for key, value in said.items():
        plain = " ".join(value.replace("\r", " ").split())
        assert " ".join(block.said[key].replace("\r", " ").split()) == plain


@pytest.mark.parametrize("place", [place for place, sign in enumerate(BLOCK) if sign.isdigit()])
def test_no_digit_changes_unseen(place: int) -> None:
    other = "7" if BLOCK[place] != "7" else "4"
    changed = BLOCK[:place] + other + BLOCK[place + 1 :]
    if place > BLOCK.index("]") + 7:  # the signs of the parts only tell where
        assert blocks_in(changed)[0].said == SAID
    else:
        with pytest.raises(Refusal):
            blocks_in(changed)


def test_it_is_said_where_a_block_was_changed() -> None:
    (said,) = told(BLOCK.replace("09:35", "09:25"))
    assert (
        said
        == "Block 1 was changed at “('at:2026-11-20T09:25:20+08:00',)”, from its character 40 on."
    )


def test_several_blocks_of_a_message_are_each_told_by_their_number() -> None:
    other = block_of({**SAID, "event": "left"})
    assert [block.said["event"] for block in blocks_in(f"{BLOCK} 还有 {other}")] == [
        "resolved",
        "left",
    ]
    said = told(f"{BLOCK}\n{other.replace('left', 'lift')}\n{BLOCK[:60]}")
    assert [line.partition(" ")[2][:1] for line in said] == ["2", "3"]
    assert "has no end" in said[1]


def test_a_key_that_is_said_twice_leaves_open_which_counts() -> None:
    (said,) = told(block_of({"by": "li-qiang", "BY": "zhao-min"}))
    assert said == "Block 1 says “by” twice."


def test_an_escape_that_no_page_writes_is_what_it_looks_like() -> None:
    (block,) = blocks_in("WB1[event:updated|note:^D800^0000]1QDH2EQ-AJ")
    assert block.said["note"] == "^D800^0000"


@pytest.mark.parametrize("text", ["", "你好", "WB1", "WB2[at:1]0000000"])
def test_a_message_without_a_block_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="There is no block"):
        blocks_in(text)
