from __future__ import annotations

import pytest

from building.book import a_book, a_voice, files_of, pages
from building.contract import ASSETS, CONTRACT, STAFF, a_ticket, another_asset, entry
from building.site import FAULT
from weibao.render.edition.withheld import Told, withholding

NAMED = CONTRACT.replace("people: roles", "people: names")
PHONE = "+86 512-8888-0000"
STAFF_WITH_PHONE = STAFF.replace("name: 李强", f'name: 李强\n    phone: "{PHONE}"')
BEFORE_IT = ASSETS.replace("assets:\n", "assets:\n" + another_asset("acc-sw-00"))
LATIN = STAFF.replace("name: 李强", "name: Li Qiang")


def shown(text: str, **files: str) -> str:
    return a_voice(a_book(files_of(a_ticket(), **files))).shown(text)


def test_of_papers_one_piece_is_withheld_alike_whatever_their_book_lists_before_it() -> None:
    text = "换下 2102HD0001。"
    books = [a_book(files_of(a_ticket(), assets=assets)) for assets in (ASSETS, BEFORE_IT)]
    assert books[1].records.assets.keys() - books[0].records.assets.keys() == {"acc-sw-00"}
    first, second = (
        withholding(book, a_voice(book).people, a_voice(book).language, numbered=False)(text)
        for book in books
    )
    assert first == second == "换下 〔序列号〕。"
    assert a_voice(books[0]).shown(text) != a_voice(books[1]).shown(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "李强与张工通话，抄送li.qiang@provider.example",
            "〔工程师 A〕与〔信息部主管〕通话，抄送〔工程师 A〕",
        ),
        ("sun-yu-2 与 sun-yu", "sun-yu-2 与 〔主管〕"),
        ("people.sun-yu.phone", "people.〔主管〕.phone"),
        ("records/keys/li-qiang.asc", "records/keys/〔工程师 A〕.asc"),
        ("LI.Qiang@Provider.example", "〔工程师 A〕"),
        (
            "张工单独来了，带着 2 张工单和一张工单",
            "〔信息部主管〕单独来了，带着 2 张工单和一张工单",
        ),
        ("李 强、Li-Qiang、li_qiang", "〔工程师 A〕、〔工程师 A〕、〔工程师 A〕"),
        ("ｌｉ－ｑｉａｎｇ：ok", "〔工程师 A〕:ok"),
        ("eve@elsewhere.example", "〔名单之外的身份〕"),
        ("actions/checkout@4f2a91c", "actions/checkout@4f2a91c"),
    ],
)
def test_a_name_an_id_and_an_address_give_way_to_the_role_in_brackets(text: str, told: str) -> None:
    assert shown(text) == told
    assert shown(text, contract=NAMED) == text


def test_a_latin_name_is_found_in_any_case_and_not_within_another() -> None:
    assert shown("LI QIANG, Li Qiangs", staff=LATIN) == "〔工程师 A〕, Li Qiangs"


def test_a_telephone_number_is_found_however_it_is_spaced() -> None:
    text = (
        "电话 8651288880000 / +86 (512) 8888 0000 / Tel86-512-88880000 / ８６５１２８８８８００００"
    )
    told = "电话 〔电话〕 / 〔电话〕 / Tel〔电话〕 / 〔电话〕"

    assert shown(text, staff=STAFF_WITH_PHONE) == told
    assert shown(text, staff=STAFF_WITH_PHONE, contract=NAMED) == told
    public = CONTRACT.replace("phones: false", "phones: true")
    assert shown(text, staff=STAFF_WITH_PHONE, contract=public) == text


@pytest.mark.parametrize("serial", ["2102350ABC", "SN/77 #4", "a1", "990011"])
def test_a_serial_number_gives_way_to_its_place_among_them(serial: str) -> None:
    assets = ASSETS.replace("2102HD0001", serial)

    assert shown(f"换下 {serial}。", assets=assets, contract=NAMED) == "换下 〔序列号 3〕。"


def test_a_serial_number_is_found_in_one_word_with_what_it_is() -> None:
    assert shown("SN2102HD0001、2102hd0001-A") == "SN〔序列号 3〕、〔序列号 3〕-A"
    short = ASSETS.replace("2102HD0001", "990011")
    assert shown("T20261990011", assets=short) == "T20261990011"


def test_a_serial_number_that_might_be_a_count_is_not_looked_for_in_texts() -> None:
    assets = ASSETS.replace("2102HD0001", "12")

    assert shown("12 天", assets=assets) == "12 天"


def test_the_sites_own_words_are_left_as_they_are() -> None:
    assert a_voice(a_book()).shown(Told("li-qiang")) == "li-qiang"


def test_nothing_is_withheld_from_the_providers_own_people() -> None:
    log = [entry("09:15", "opened", by="wang-lei", note="李强，HDMPU1")]
    book = a_book(files_of(a_ticket(log=log)))

    assert "李强，HDMPU1" in pages(book, audience="internal")[f"tickets/{FAULT}"].html
    assert "〔工程师 A〕，〔序列号 1〕" in pages(book)[f"tickets/{FAULT}"].html
