"""Forms for issues: what a forge tells of one is a note to record, or all that is wrong with it."""

from __future__ import annotations

import re
from functools import partial
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from building.commands import TICKET
from building.contract import small_contract
from building.issue_forms import (
    ADDRESSES,
    CONTRACT_OF_FORGES,
    FAULT,
    STAFF_OF_FORGES,
    STEP,
    event,
    payload,
    rendered,
)
from hostile.threats import Ending, caught
from weibao.language import CODES, language
from weibao.model.issue_form import FORMS
from weibao.model.load import load_records
from weibao.model.naming import called
from weibao.model.times.when import TimeAndPlace
from weibao.refusal import Refusal, SeveralRefused
from weibao.workspace.issue_form.answer import answer_refused
from weibao.workspace.issue_form.body import LONGEST, form_of
from weibao.workspace.issue_form.issue import (
    ForgeKind,
    WrittenIssue,
    issue_of_event,
    issue_of_gitlab,
)
from weibao.workspace.issue_form.noted import IssueNote, Known, noted_in
from weibao.workspace.issue_form.photographs import attachments_of, photographs_in, signed_address
from weibao.workspace.setup.issue_forms import issue_form_files

if TYPE_CHECKING:
    from weibao.model.records import Records

UUID = "6f1c3a52-8d0e-4b7b-9a3e-0c5d2f1e7a90"
SHOWN = f"https://github.com/user-attachments/assets/{UUID}"
SERVERS = {
    "github": "https://github.com",
    "gitea": "https://gitea.example",
    "gitlab": "https://gitlab.example",
}
NOBODY = "is nobody of the provider"


@pytest.fixture(scope="module")
def records() -> Records:
    texts = small_contract() | {
        "records/staff.yaml": STAFF_OF_FORGES,
        "records/contract.yaml": CONTRACT_OF_FORGES,
    }
    found, _ = load_records({path: text.encode() for path, text in texts.items()})
    assert found is not None
    return found


def written(told: dict[str, Any], forge: str = "github") -> WrittenIssue:
    return issue_of_event(ForgeKind(forge), SERVERS[forge], told)


def noted(records: Records, issue: WrittenIssue) -> IssueNote:
    here = TimeAndPlace(issue.created, records.contract.zone)
    known = Known(records, frozenset({TICKET}), partial(called, records), here)
    form = form_of(issue.body)
    assert form is not None
    return noted_in(issue, form, known)


def faults(records: Records, issue: WrittenIssue) -> list[str]:
    """What is answered, line by line; fails where the issue would be recorded."""
    with pytest.raises(SeveralRefused) as caught:
        noted(records, issue)
    answer = answer_refused(caught.value, language("en"))
    return [line for line in answer.splitlines() if line.startswith("- ")]


def of(records: Records, answers: dict[str, str], **user: object) -> IssueNote:
    return noted(records, written(event(rendered(answers), **user)))


@pytest.mark.parametrize("forge", SERVERS)
def test_what_each_forge_tells_of_a_step_is_the_same_note(records: Records, forge: str) -> None:
    told = payload(forge)
    issue = (
        issue_of_gitlab(SERVERS[forge], "provider/records", told[0])
        if forge == "gitlab"
        else written(told, forge)
    )
    asked = noted(records, issue)
    assert asked.note.entry() == {
        "at": "2026-11-20T09:35:00+08:00",
        "event": "arrived",
        "by": "li-qiang",
        "note": "到机房，见到值班员",
    }
    assert asked.note.record == TICKET
    assert (asked.address, asked.author.id) == (ADDRESSES[forge], "li-qiang")
    assert asked.equipment == ("core-sw-01",)
    assert (issue.number, issue.repository) == (12, "provider/records")


def test_a_fault_opens_a_ticket_in_the_name_of_who_was_told(records: Records) -> None:
    note = of(records, FAULT).note
    assert (note.record, note.event, note.by) == ("", "opened", "li-qiang")
    assert note.fields == {
        "title": "核心交换机告警",
        "kind": "fault",
        "severity": 2,
        "reported_by": "zhang-gong",
        "reported_at": "2026-11-20T09:20:00+08:00",
        "assets": ["core-sw-01"],
        "description": "风扇有异响",
    }


def test_a_severity_that_no_machine_counts_is_refused(records: Records) -> None:
    (line,) = faults(records, written(event(rendered(FAULT | {"级别": "9" * 5000}))))
    assert "severity (Severity)" in line


def test_a_ticket_s_number_may_be_of_full_width(records: Records) -> None:
    assert of(records, STEP | {"工单": "７k３Ｑ９Ｍ"}).note.record == TICKET


def test_a_contact_who_may_declare_reports_a_fault_and_the_desk_on_duty_receives_it(
    records: Records,
) -> None:
    asked = of(records, FAULT | {"报修人": ""}, login="zhang-gong", id=77)
    assert (asked.note.by, asked.note.fields["reported_by"]) == ("zhang-gong", "zhang-gong")
    assert asked.note.fields["channel"] == "portal"
    assert asked.note.fields["received_by"] in {"wang-lei", "sun-yu"}
    step = written(event(rendered(STEP), login="zhang-gong", id=77))
    assert "recorded by the provider&#39;s staff" in faults(records, step)[0]
    other = written(event(rendered(FAULT | {"报修人": "factory-noc"}), login="zhang-gong", id=77))
    assert "not in the name of another" in faults(records, other)[0]


def test_a_colleague_s_step_is_theirs_and_recorded_by_the_author(records: Records) -> None:
    asked = of(records, STEP | {"执行人": "赵敏"})
    assert (asked.note.by, asked.author.id) == ("zhao-min", "li-qiang")


HOSTILE = {
    "stranger": ({}, {"login": "mallory", "id": 666}, [NOBODY]),
    "taken name": ({}, {"login": "li-qiang", "id": 9}, [NOBODY]),
    "another's name": ({"执行人": "Robert'); DROP TABLE"}, {}, ["Nobody is called"]),
    "unknown ticket": ({"工单": "ZZZZZZ"}, {}, ["is the number of no ticket"]),
    "no ticket": ({"工单": ""}, {}, ["has no answer"]),
    "zero width in a number": ({"工单": "7K3\u200bQ9M"}, {}, ["is the number of no ticket"]),
    "a note that reads backwards": ({"备注": "a\u202eb"}, {}, ["invisible or control character"]),
    "zero width in a note": ({"备注": "a\u200bb"}, {}, ["invisible or control character"]),
    "a terminal's command": ({"备注": "a\x1b]8;;b"}, {}, ["invisible or control character"]),
    "no step": ({"步骤": ""}, {}, ["has no answer"]),
    "a step that there is not": (
        {"步骤": "teleported"},
        {},
        ["takes no step “teleported”. It takes: Acknowledged, Arrived on site"],
    ),
    "a step of the desk": ({"步骤": "amended"}, {}, ["takes no step “amended”"]),
    "a step that asks for more than the form": (
        {"步骤": "暂停计时"},
        {},
        ["takes no step “暂停计时”"],
    ),
    "a time to come": ({"时间": "2026-11-22 09:00"}, {}, ["still to come"]),
    "no time": ({"时间": "soon"}, {}, ["is not a time"]),
    "too much": ({"备注": "x" * (LONGEST + 1)}, {}, ["longer than 65536 characters"]),
    "a long note": ({"备注": "x" * 4001}, {}, ["cannot be read"]),
    "resolved with nothing said": (
        {"步骤": "解决 (resolved)"},
        {},
        ["mode (How)", "cause (Cause)", "action (What was done)"],
    ),
    "a cause of an arrival": ({"原因": "风扇"}, {}, ["has no “cause”"]),
    "unknown equipment": ({"设备": "core-sw-99"}, {}, ["core-sw-99"]),
    "a heading in a note": ({"备注": "a\n\n### 工单\n\nT20261120-AAAAAA"}, {}, ["2 times"]),
    "a picture from elsewhere": (
        {"照片": "![x](https://evil.example/a.png)"},
        {},
        ["not one that was dragged"],
    ),
    "no picture": ({"照片": "see the chat"}, {}, ["stands what is none"]),
    "many pictures": (
        {"照片": "\n".join(SHOWN[:-2] + f"{number:02}" for number in range(11))},
        {},
        ["There are 11 photographs"],
    ),
    "a time that takes hours to read": ({"时间": "9" * 50_000}, {}, ["is not a time"]),
    "pictures that never end": ({"照片": "<img " * 9000}, {}, ["stands what is none"]),
    "pictures that never begin": ({"照片": "![" * 30_000}, {}, ["stands what is none"]),
    "all at once": (
        {"工单": "nope", "步骤": "", "时间": "soon", "照片": "none"},
        {},
        ["number of no ticket", "has no answer", "is not a time", "stands what is none"],
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_missing_or_wrong_is_answered_all_at_once(records: Records, name: str) -> None:
    change, user, said = HOSTILE[name]
    started = process_time()
    lines = faults(records, written(event(rendered(STEP | change), **user)))
    assert process_time() - started < 2, "it keeps the run from the issues after it"
    for part in said:
        assert any(part in line for line in lines), lines
    assert len(lines) <= len(said) + 1
    assert of(records, STEP).note.event == "arrived"
    caught("more than a form", Ending.REFUSED)


@pytest.mark.parametrize(
    "note",
    [
        "{- at: 2026-11-20T09:00:00+08:00, event: resolved}",
        "log:\n  - {event: closed}\n...\n---\n!!python/object:os.system x",
        "<script>alert(1)</script><!-- x --> <img src=x onerror=alert(1)>",
        "${{ github.token }} $(id) `id` ; rm -rf /",
        "### Heading of nobody's\n\nand more",
        "one\r\ntwo",
        "e\u0301",
    ],
)
def test_text_that_would_be_something_else_elsewhere_is_a_note_and_no_more(
    records: Records, note: str
) -> None:
    found = of(records, STEP | {"备注": note}).note.note
    assert found == note.replace("\r\n", "\n").replace("e\u0301", "é")


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_line_ends_make_no_difference(records: Records, newline: str) -> None:
    body = rendered(STEP).replace("\n", newline)
    assert noted(records, written(event(body))).note == of(records, STEP).note


@pytest.mark.parametrize("label", STEP)
def test_a_heading_that_was_taken_out_or_put_twice_is_told_by_its_name(
    records: Records, label: str
) -> None:
    body = rendered(STEP)
    without = body.replace(f"### {label}\n\n", "", 1)
    lines = faults(records, written(event(without)))
    assert any("is not there any more" in line and "#" in line for line in lines)
    twice = faults(records, written(event(f"{body}\n\n### {label}\n\nx")))
    assert len(twice) == 1
    assert "2 times" in twice[0]


def test_a_line_of_blanks_is_read_at_once() -> None:
    started = process_time()
    assert form_of("### 工单\n### 步骤\n### " + " " * 60_000 + "x") is not None
    assert process_time() - started < 1


def test_a_text_before_the_form_and_another_issue_are_told_apart(records: Records) -> None:
    assert (
        "Before the first question"
        in faults(records, written(event("hello\n\n" + rendered(STEP))))[0]
    )
    for body in ("", "It is broken.", "### Ticket\n\nx", "### Steps to reproduce\n\nx"):
        assert form_of(body) is None


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_forms_that_are_shipped_are_the_ones_that_are_read(
    records: Records, code: str, form: Any
) -> None:
    files = issue_form_files(code)
    shipped = yaml.safe_load(files[f".github/ISSUE_TEMPLATE/{form.name}.yml"])
    said = STEP if form is FORMS[0] else FAULT
    given = dict(zip((field.key for field in form.fields), said.values(), strict=True))
    answers = {}
    for question in shipped["body"]:
        assert set(question) == {"type", "id", "attributes", "validations"}
        offered = question["attributes"].get("options", ())
        said = given[question["id"]]
        if question["id"] == "event":
            said = next(option for option in offered if option.endswith("(arrived)"))
        answers[question["attributes"]["label"]] = said
    assert form_of(rendered(answers)) is form
    zh = of(records, STEP if form is FORMS[0] else FAULT)
    assert of(records, answers) == zh

    text = files[f".gitlab/issue_templates/{form.name}.md"]
    for question in shipped["body"]:
        heading = f"### {question['attributes']['label']}\n"
        assert text.count(heading) == 1
        written_under = re.escape(heading) + r"(<!-- .* -->\n)?"
        said = answers[question["attributes"]["label"]]
        text = re.sub(written_under, lambda match, said=said: f"{match[0]}{said}\n", text, count=1)
    listed = payload("gitlab")[0] | {"description": text}
    issue = issue_of_gitlab(SERVERS["gitlab"], "provider/records", listed)
    assert noted(records, issue).note == zh.note


def test_a_text_that_another_changed_is_nobody_s_word(records: Records) -> None:
    told = event(rendered(STEP)) | {"action": "edited"}
    assert noted(records, written(told)).note.event == "arrived"
    told["sender"] = told["sender"] | {"login": "boss", "id": 3}
    (line,) = faults(records, written(told))
    assert "boss" in line
    caught("a stranger's form", Ending.REFUSED)


@pytest.mark.parametrize("forge", ["github", "gitea"])
def test_where_only_the_title_was_changed_the_text_is_not_the_sender_s_word(forge: str) -> None:
    told = payload(forge) | {"action": "edited", "changes": {"title": {"from": "x"}}}
    assert form_of(written(told, forge).body) is None
    told["changes"]["body"] = {"from": "x"}
    assert form_of(written(told, forge).body) is not None


def test_an_account_is_known_by_its_number_and_one_renamed_stays_the_same(
    records: Records,
) -> None:
    renamed = of(records, STEP, login="li-qiang-2")
    assert renamed.address == ADDRESSES["github"]
    told = payload("gitea")
    told["issue"]["user"] = told["sender"] = told["issue"]["user"] | {"login": "li-qiang2"}
    assert NOBODY in faults(records, written(told, "gitea"))[0]


@pytest.mark.parametrize(
    "server", ["https://github.com.evil.example", "https://gitea.example", "http://127.0.0.1:1"]
)
def test_an_account_of_another_forge_is_a_stranger(records: Records, server: str) -> None:
    issue = issue_of_event(ForgeKind.GITHUB, server, event(rendered(STEP)))
    assert NOBODY in faults(records, issue)[0]


def test_an_account_that_two_people_list_is_nobody_s(records: Records) -> None:
    issue = written(event(rendered(STEP)))
    assert issue.is_author(("x@y.example", ADDRESSES["github"].upper()))
    assert not issue.is_author(("11024025+li-qiang@users.noreply.github.com",))
    assert not issue.is_author(("1024025+li-qiang@users.noreply.github.com.evil.example",))


@pytest.mark.parametrize(
    "change",
    [
        {"action": "closed"},
        {"action": "labeled"},
        {"issue": None},
        {"issue": {"number": "12"}},
        {"sender": None},
        {"repository": {}},
        {"comment": {"body": "x"}},
    ],
)
def test_another_event_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="not that of an issue"):
        written(event(rendered(STEP)) | change)


OWN = {
    "github": (
        f"![x]({SHOWN})",
        f'<img width="390" alt="x" src="{SHOWN}" />',
        SHOWN,
        f"[x](https://github.com/provider/records/assets/1024025/{UUID})",
    ),
    "gitea": (f"![x](/attachments/{UUID})", f"https://gitea.example/attachments/{UUID}"),
    "gitlab": (f"![x](/uploads/{'a' * 32}/image.jpg){{width=390 height=600}}",),
}
STRANGE = (
    "https://github.com.evil.example/user-attachments/assets/" + UUID,
    "https://github.com@evil.example/user-attachments/assets/" + UUID,
    "http://github.com/user-attachments/assets/" + UUID,
    "https://github.com:8443/user-attachments/assets/" + UUID,
    "//evil.example/user-attachments/assets/" + UUID,
    "https://github.com/user-attachments/assets/../../logout",
    "https://github.com/provider/records/settings",
    "https://github.com/other/records/assets/1/" + UUID,
    SHOWN + "?to=https://evil.example",
    "file:///etc/passwd",
    "https://127.0.0.1/user-attachments/assets/" + UUID,
    "https://[::1/user-attachments/assets/" + UUID,
    "https://gıthub.com/user-attachments/assets/" + UUID,
)


@pytest.mark.parametrize(("forge", "shown"), [(forge, one) for forge in OWN for one in OWN[forge]])
def test_a_picture_that_was_dragged_in_is_found_at_the_forge_itself(forge: str, shown: str) -> None:
    issue = (
        written(event(rendered(STEP))) if forge == "github" else written(payload("gitea"), "gitea")
    )
    if forge == "gitlab":
        issue = issue_of_gitlab(SERVERS[forge], "provider/records", payload(forge)[0])
    addresses, wrong = photographs_in(f"{shown}\n{shown}", issue)
    assert wrong == ()
    (address,) = addresses
    assert address.startswith(f"{SERVERS[forge]}/")


@pytest.mark.parametrize("address", STRANGE)
def test_from_elsewhere_nothing_is_fetched(address: str) -> None:
    addresses, wrong = photographs_in(f"![x]({address})", written(event(rendered(STEP))))
    assert addresses == ()
    assert wrong


def test_a_file_that_gitea_keeps_beside_the_text_counts_too() -> None:
    told = payload("gitea")
    file = f"https://gitea.example/attachments/{UUID}"
    told["issue"]["assets"] = [{"id": 1, "name": "IMG.jpg", "browser_download_url": file}]
    assert photographs_in("", written(told, "gitea")) == ((file,), ())


def test_the_address_that_a_private_issue_s_page_gives_is_taken_from_its_own_host_alone() -> None:
    signed = (
        f"https://private-user-images.githubusercontent.com/1024025/62580-{UUID}.jpg?jwt=a.b-c_d"
    )
    assert signed_address(f'<img src="{signed}&amp;x">', SHOWN) == f"{signed}&x"
    assert signed_address(f'<img src="{SHOWN}">', SHOWN) == ""
    evil = signed.replace("githubusercontent.com", "githubusercontent.com.evil.example")
    assert signed_address(f'<img src="{evil}">', SHOWN) == ""


def test_all_pictures_that_are_none_are_told_at_once() -> None:
    svg, pdf = b"<svg onload='x'/>", b"%PDF-1.4"
    huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (10**5).to_bytes(4, "big") * 2
    found = {"a": svg, "b": pdf, "c": huge, "d": b"\xff\xd8\xff", "e": b"<html>"}
    with pytest.raises(SeveralRefused) as caught:
        attachments_of(found, found.__getitem__)
    assert len(caught.value.refused) == 5
