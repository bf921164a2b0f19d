"""The texts of a new repository: valid, alike in both languages, safe with any answer."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from weibao.demo.contract_text import contract_text
from weibao.model.events import EVENTS
from weibao.model.instant import parse_instant
from weibao.model.load import load_records, read_record
from weibao.model.schema.files import KINDS
from weibao.refusal import Refusal
from weibao.rules.check import check_files
from weibao.sla.calendar import Uncovered, working_hours
from weibao.workspace.setup.new_repository import (
    Answers,
    read_name,
    read_person,
    read_zone,
    repository_files,
)

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 23)
NOW = parse_instant("2026-11-23T12:00:00+08:00")
HOSTILE = [
    "a: b",
    'it\'s "quoted"',
    "{{ config.x }}",
    "«contract»",
    "${{ github.token }}",
    "- x",
    "#",
    "no",
    "0755",
    "2026-11-23",
    "!!python/object",
    "&a *a",
    "%s {name} {}",
    "<script>alert(1)</script>",
    "![x](http://a.example/b.png)",
    "维保合同" * 50,
]


def answers(language: str = "zh", **more: object) -> Answers:
    given = {
        "contract": "网络维保",
        "customer": "客户",
        "provider": "服务商",
        "name": "李强",
        "email": "li.qiang@provider.example",
        "zone": "Asia/Shanghai",
        "main": "main",
        "day": DAY,
    }
    return Answers(language=language, **(given | more))  # type: ignore[arg-type]


def contract_of(files: dict[str, bytes]):
    return read_record("records/contract.yaml", files["records/contract.yaml"]).value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_repository_has_records_of_every_kind_that_check_finds_nothing_in(language) -> None:
    files = repository_files(answers(language))

    assert check_files(files, {}, NOW) == ()
    records, _ = load_records(files)
    assert records is not None
    assert set(records.duty.rotas) == {"desk", "engineer"}
    assert records.contract.languages[0] == language
    assert records.contract.data["sla"][0]["source"] == "default-not-contract"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_answers_give_the_same_bytes(language: str) -> None:
    assert repository_files(answers(language)) == repository_files(answers(language))


def test_both_languages_write_the_same_facts() -> None:
    chinese, english = (
        {
            path: _without_names(yaml.safe_load(text))
            for path, text in repository_files(answers(language)).items()
            if path.startswith("records/")
        }
        for language in ("zh", "en")
    )
    chinese["records/contract.yaml"].pop("languages")
    english["records/contract.yaml"].pop("languages")

    assert len(chinese) == 6
    assert chinese == english


def test_the_default_terms_are_those_of_the_example_contract() -> None:
    ours = contract_of(repository_files(answers())).data["sla"][0]["severities"]
    example = yaml.safe_load(contract_text(DAY, date(2027, 11, 22), DAY))["sla"][0]["severities"]

    assert [one["targets"] for one in ours] == [one["targets"] for one in example]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_examples_in_the_comments_are_records_themselves(language: str) -> None:
    files = repository_files(answers(language))
    for kind in ("assets", "plan", "spares"):
        path = f"records/{kind}.yaml"
        text = files[path].decode()
        shown = re.sub(
            r"^#\| ", "", re.sub(r"^\w+: \{\}\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE
        )
        assert shown != text
        files[path] = shown.encode()

    assert check_files(files, {}, NOW) == ()


def test_the_calendar_covers_the_years_whose_holidays_are_announced_and_no_others() -> None:
    before = contract_of(repository_files(answers(day=date(2025, 11, 3))))
    after = contract_of(repository_files(answers(day=date(2025, 11, 4))))

    assert before.data["calendars"]["workdays"]["covers"]["to"] == "2025-12-31"
    assert after.data["calendars"]["workdays"]["covers"]["to"] == "2026-12-31"


def test_elsewhere_no_holidays_are_known_so_that_no_day_of_the_term_is_covered() -> None:
    contract = contract_of(repository_files(answers("en", zone="Europe/Berlin")))
    calendar = working_hours(contract.calendars["workdays"])

    assert contract.data["calendars"]["workdays"]["covers"]["to"] == "2025-12-31"
    assert "overrides" not in contract.data["calendars"]["workdays"]
    assert isinstance(calendar.work(NOW, NOW + 3600), Uncovered)


@pytest.mark.parametrize(
    ("day", "end"),
    [(DAY, "2027-11-22"), (date(2028, 2, 29), "2029-02-27"), (date(2027, 3, 1), "2028-02-29")],
)
def test_the_term_is_a_year_whatever_the_leap_days(day: date, end: str) -> None:
    assert contract_of(repository_files(answers(day=day))).data["term"]["end"] == end


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_any_name_is_written_so_that_it_reads_back_the_same(text: str, language: str) -> None:
    files = repository_files(
        answers(language, contract=text, customer=text, provider=text, name=text)
    )
    contract = contract_of(files)
    staff = read_record("records/staff.yaml", files["records/staff.yaml"]).value

    assert contract.names[language] == text
    assert contract.data["customer"]["name"][language] == text
    assert contract.data["provider"]["name"][language] == text
    assert staff.people["li.qiang"].name == text
    assert yaml.safe_load(files["mkdocs.yml"])["site_name"] == text
    plain = repository_files(answers(language))
    assert {path for path in files if files[path] != plain[path]} == {
        "README.md",
        "mkdocs.yml",
        "records/contract.yaml",
        "records/staff.yaml",
    }
    if "<" in text:
        assert "\\<script" in files["README.md"].decode()


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_what_is_taken_for_a_name_reads_back_and_all_else_is_refused(text: str) -> None:
    try:
        name = read_name(text)
    except Refusal:
        return
    assert name == text.strip()
    assert contract_of(repository_files(answers(contract=name))).names["zh"] == name


@pytest.mark.parametrize(
    "text", ["", "   ", "a\nb", "a\tb", "x" * 201, "\u202ex", "a\x1b[2Jb", "e\u0301", "\u200b"]
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_name(text)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("李强 <li@x.example>", ("李强", "li@x.example")),
        ("  Li Qiang<li@x.example>  ", ("Li Qiang", "li@x.example")),
    ],
)
def test_a_person_is_a_name_and_an_address(text: str, person: tuple[str, str]) -> None:
    assert read_person(text) == person


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Li",
        "li@x.example",
        "<li@x.example>",
        "Li <li>",
        "Li <a@b>\nx",
        "Li <a@b> x",
        "L<i> <a@b>",
    ],
)
def test_what_is_no_person_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_person(text)


@pytest.mark.parametrize("text", ["", "Beijing", "../etc/passwd", "+08:00", "Asia/Shanghai\n/x"])
def test_what_is_no_zone_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_zone(text)


@pytest.mark.parametrize(
    ("email", "person"),
    [("LI.Q@x.example", "li.q"), ("李@x.example", "manager"), ("123@x.example", "123")],
)
def test_the_first_of_the_staff_has_an_id_out_of_their_address(email: str, person: str) -> None:
    files = repository_files(answers(email=email))
    staff = read_record("records/staff.yaml", files["records/staff.yaml"]).value

    assert list(staff.people) == [person]
    assert staff.people[person].git == (email,)


def test_the_branch_that_is_there_becomes_the_official_one() -> None:
    files = repository_files(answers(main="trunk", publish=True))

    assert contract_of(files).evidence.main == "trunk"
    published = yaml.safe_load(files[".github/workflows/publish.yml"])
    assert published[True]["push"]["branches"] == ["trunk"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_published_until_it_is_asked_for(language: str) -> None:
    kept, published = (
        repository_files(answers(language, publish=publish)) for publish in (False, True)
    )

    assert published.keys() - kept.keys() == {".github/workflows/publish.yml"}
    assert not [path for path, text in kept.items() if b"deploy-pages" in text]
    assert b"weibao init --publish" in kept["README.md"]
    assert b"weibao init --publish" not in published["README.md"]


WORKFLOWS = sorted(
    path
    for path in repository_files(answers(publish=True))
    if "/workflows/" in path or "gitlab-ci" in path
)


@pytest.mark.parametrize("path", WORKFLOWS)
def test_a_workflow_has_about_twenty_lines_and_says_in_both_languages_what_it_is_for(
    path: str,
) -> None:
    lines = repository_files(answers(publish=True))[path].decode().splitlines()
    comment = "\n".join(line for line in lines if line.startswith("#"))

    # Two jobs need more: GitLab's file has them all, and what publishes or comments is a job of its own.
    most = 34 if "gitlab" in path else 27 if "publish" in path else 22
    most = 44 if path == ".github/workflows/check.yml" else most
    assert len(lines) - comment.count("\n") - 1 <= most
    assert lines[0].startswith("# ")
    assert re.search("[\u4e00-\u9fff]", comment)
    assert re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", comment)


@pytest.mark.parametrize("path", [one for one in WORKFLOWS if "gitlab" not in one])
def test_a_workflow_pins_what_it_runs_and_leaves_no_token_behind(path: str) -> None:
    text = repository_files(answers(publish=True))[path].decode()
    workflow = yaml.safe_load(text)
    first, *_ = workflow["jobs"].values()
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    checkout = first["steps"][0]["with"]
    ours = "".join(
        one.read_text(encoding="utf-8") for one in (ROOT / ".github/workflows").glob("*.yml")
    )
    uses = re.findall(r"uses: (?:https://github\.com/)?(\S+ # v\S+)", text)

    assert workflow["permissions"] == {}
    assert checkout["persist-credentials"] is False
    assert len(uses) == text.count("uses:")
    assert all(one in ours for one in uses)
    assert all("${{" not in step.get("run", "") for step in steps)


def test_what_may_publish_runs_nothing_of_ours_and_what_builds_may_only_read() -> None:
    published = yaml.safe_load(
        repository_files(answers(publish=True))[".github/workflows/publish.yml"]
    )
    build, deploy = published["jobs"]["build"], published["jobs"]["deploy"]

    assert build["permissions"] == {"contents": "read"}
    assert deploy["needs"] == "build"
    assert [step["uses"].partition("@")[0] for step in deploy["steps"]] == ["actions/deploy-pages"]


def test_of_two_runs_for_one_request_the_later_checks_and_comments() -> None:
    check = yaml.safe_load(repository_files(answers())[".github/workflows/check.yml"])

    assert check["concurrency"] == {
        "group": "check-${{ github.event.number }}",
        "cancel-in-progress": True,
    }


@pytest.mark.parametrize("path", WORKFLOWS)
def test_a_job_installs_once_by_hash_and_what_judges_a_request_out_of_its_base(
    path: str,
) -> None:
    text = repository_files(answers(publish=True))[path].decode()
    installs = re.findall(r"^.*\bpip\S* install.*$", text, re.MULTILINE)
    lock = "vendor/site.lock" if path.endswith("publish.yml") else "requirements.lock"
    locked = f"pip install -q --require-hashes -r {lock} -r requirements.txt"

    assert 1 <= len(installs) <= 2
    assert all(locked in install for install in installs)
    assert ('git archive "$BASE" vendor ' in installs[0]) == ("$BASE" in text)


@pytest.mark.parametrize("forge", ["github", "gitea"])
def test_what_an_issue_says_reaches_no_script_and_no_branch_but_its_own(forge: str) -> None:
    text = repository_files(answers(main="trunk"))[f".{forge}/workflows/issue.yml"].decode()
    issue = yaml.safe_load(text)
    job = issue["jobs"]["issue"]

    assert issue[True] == {"issues": {"types": ["opened", "edited"]}}
    assert issue["permissions"] == {}
    assert job["permissions"] == {"contents": "write", "issues": "write"}
    assert issue["concurrency"]["group"] == "issue-${{ github.event.issue.number }}"
    assert job["steps"][0]["with"]["ref"] in {
        "${{ github.event.repository.default_branch }}",
        "trunk",
    }
    assert job["steps"][-1] == {
        "run": 'weibao issue --event "$GITHUB_EVENT_PATH"',
        "env": {"GITHUB_TOKEN": "${{ github.token }}"},
    }
    assert not any("${{" in step.get("run", "") for step in job["steps"])


def test_gitlab_s_issues_are_read_on_schedule_and_only_where_a_token_was_given() -> None:
    job = yaml.safe_load(repository_files(answers())[".gitlab-ci.yml"])["issues"]

    (rule,) = job["rules"]
    assert '$CI_PIPELINE_SOURCE == "schedule"' in rule["if"]
    assert rule["if"].endswith("&& $WEIBAO_TOKEN")
    assert job["script"] == ['weibao issue --remote "$CI_PROJECT_URL.git"']


@pytest.mark.parametrize("forge", ["github", "gitea"])
def test_a_request_cannot_replace_what_judges_it(forge: str) -> None:
    text = repository_files(answers(main="trunk"))[f".{forge}/workflows/check.yml"].decode()
    check = yaml.safe_load(text)
    records = check["jobs"]["records"]

    assert check[True] == {"pull_request_target": {"branches": ["trunk"]}}
    assert records["permissions"] == {"contents": "read"}
    assert records["env"] == {
        "BASE": "${{ github.event.pull_request.base.sha }}",
        "HEAD": "${{ github.event.pull_request.head.sha }}",
        "NUMBER": "${{ github.event.number }}",
    }
    assert records["steps"][0]["with"].get("ref") in {None, "trunk"}
    assert "secrets" not in text


def test_what_sees_first_installs_the_core_alone() -> None:
    made = repository_files(answers())
    for path in (".github/workflows/seen.yml", ".gitea/workflows/seen.yml"):
        (install,) = re.findall(r"pip install .*", made[path].decode())
        assert re.findall(r"-r (\S+)", install) == ["requirements.lock", "requirements.txt"]


def test_the_job_that_writes_comments_takes_what_the_other_job_of_its_run_hands_on() -> None:
    jobs = yaml.safe_load(repository_files(answers())[".github/workflows/check.yml"])["jobs"]
    records, comment = jobs["records"], jobs["comment"]
    diff, upload = records["steps"][-2:]
    download, write = comment["steps"][-2:]

    assert '--also json "$RUNNER_TEMP/weibao-diff.json"' in diff["run"]
    assert upload["with"]["name"] == "weibao-diff"
    assert upload["with"]["path"] == "${{ runner.temp }}/weibao-diff.json"
    assert download["with"] == {"name": "weibao-diff", "path": "${{ runner.temp }}/difference"}
    assert '--artifact "$RUNNER_TEMP/difference/weibao-diff.json"' in write["run"]
    assert comment["needs"] == "records"
    assert comment["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert "ref" not in comment["steps"][0]["with"]


def test_gitlab_reads_its_file_as_it_is_meant() -> None:
    gitlab = yaml.safe_load(repository_files(answers())[".gitlab-ci.yml"])
    check, seen = gitlab["check"], gitlab["seen"]
    script = "\n".join([*gitlab["default"]["before_script"], *check["script"], *seen["script"]])

    assert check["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert check["variables"]["GIT_DEPTH"] == seen["variables"]["GIT_DEPTH"] == "0"
    reports = check["artifacts"]["reports"]
    assert {form: len(paths) for form, paths in reports.items()} == {"codequality": 2, "junit": 2}
    assert all(one in script for paths in reports.values() for one in paths)
    assert all(one in script for one in check["artifacts"]["paths"])
    assert all(isinstance(line, str) for line in script.splitlines())
    assert "$CI_" not in re.sub(r'"[^"]*"', "", script)


def test_the_editor_is_told_the_schema_of_every_kind_of_record() -> None:
    told = json.loads(repository_files(answers())[".vscode/settings.json"])["yaml.schemas"]

    assert sorted(told) == sorted(f"schemas/{kind}.schema.json" for kind in ("import", *KINDS))


def test_every_event_has_a_snippet_of_one_line() -> None:
    snippets = json.loads(repository_files(answers())[".vscode/weibao.code-snippets"])

    assert len(snippets) == sum(len(events) for events in EVENTS.values())
    assert all(len(one["body"]) == 1 for one in snippets.values())
    assert len({one["prefix"] for one in snippets.values()}) == len(snippets)


@pytest.mark.parametrize("kind", list(EVENTS))
def test_a_snippet_is_an_entry_once_its_places_are_filled(kind: str) -> None:
    snippets = json.loads(repository_files(answers())[".vscode/weibao.code-snippets"])
    for event in EVENTS[kind]:
        line = snippets[f"{kind}: {event.name}"]["body"][0]
        filled = re.sub(r"\$\{\d+\|([^,|]+)[^}]*\}", r"\1", line)
        filled = re.sub(r"\$\{\d+:([^}]+)\}", r"\1", filled)
        filled = re.sub(r"\$\{?[A-Z_]+\}?", "2", filled).removesuffix("$0")
        (entry,) = yaml.safe_load(filled)
        needed = {field.key for field in event.fields if field.required}
        assert set(entry) == {"at", "event", "by"} | needed, line


def test_this_repository_ships_the_same_editor_settings() -> None:
    ours = ROOT / ".vscode"
    files = repository_files(answers())
    for name in ("tasks.json", "weibao.code-snippets"):
        assert (ours / name).read_bytes().replace(b"\r\n", b"\n") == files[f".vscode/{name}"]
    settings_here = json.loads((ours / "settings.json").read_text(encoding="utf-8"))
    assert json.loads(files[".vscode/settings.json"]).items() <= settings_here.items()
    recommended = json.loads((ours / "extensions.json").read_text(encoding="utf-8"))
    shipped = json.loads(files[".vscode/extensions.json"])
    assert set(shipped["recommendations"]) <= set(recommended["recommendations"])


def _without_names(value):
    """The value without what is written in one language only."""
    if isinstance(value, dict):
        return {
            key: None if key in {"name", "definition"} else _without_names(one)
            for key, one in value.items()
        }
    return [_without_names(one) for one in value] if isinstance(value, list) else value
