"""Verdicts told in passing: the same as those of the whole Book, and nothing of a ticket is held."""

from __future__ import annotations

import pytest

from building.book import WHOLE_LOG, a_book, files_of
from building.contract import a_ticket
from weibao.model.load import read_record
from weibao.render.json import sla as stable_json
from weibao.render.json.printed import printed, printed_in_parts

IDS = ("T20261120-7K3Q9M", "T20261120-7K3Q9N", "T20261121-7K3Q9P")


@pytest.mark.parametrize("number", [0, 1, 3])
def test_what_is_printed_in_passing_is_what_is_printed_at_once(number: int) -> None:
    files = files_of(*(a_ticket(record, log=WHOLE_LOG) for record in IDS[:number]))
    whole, passing = a_book(files), a_book(files)
    parts = printed_in_parts(
        stable_json.sla(passing, ()), passing.zone, "verdicts", passing.verdicts_in_passing()
    )
    assert "".join(parts) == printed(stable_json.sla(whole, whole.verdicts), whole.zone)


def test_a_ticket_that_was_told_is_let_go_and_read_again_if_somebody_asks() -> None:
    book = a_book(files_of(*(a_ticket(record, log=WHOLE_LOG) for record in IDS)))
    read = dict(book.records.tickets)
    told = tuple(book.verdicts_in_passing())
    read_record.cache_clear()  # which holds the last few for another reason
    again = book.records.tickets[IDS[0]]
    assert again == read[IDS[0]]
    assert again is not read[IDS[0]]
    assert told == book.verdicts


def test_what_cannot_be_read_is_told_all_the_same() -> None:
    files = files_of(a_ticket(IDS[0], log=WHOLE_LOG))
    path = next(path for path in files if "/tickets/" in path)
    broken = path.replace(IDS[0], IDS[1])
    book = a_book(files | {broken: b"id: [\n"})
    assert {verdict.ticket for verdict in book.verdicts_in_passing()} == {IDS[0]}
    assert book.records.unreadable == (broken,)
