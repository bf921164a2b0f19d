"""The workflow that releases: what is tested is what is built, and who may write runs nothing."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from project.pages import ROOT

RELEASE = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
JOBS: dict[str, dict[str, Any]] = RELEASE["jobs"]


def used(job: str) -> list[str]:
    """The actions that a job uses, by name."""
    return [step["uses"].partition("@")[0] for step in JOBS[job]["steps"] if "uses" in step]


def test_only_a_tag_of_a_version_releases() -> None:
    assert RELEASE[True] == {"push": {"tags": ["v*"]}}
    assert RELEASE["permissions"] == {}


def test_the_job_that_runs_this_repository_s_code_may_only_read() -> None:
    assert JOBS["build"]["permissions"] == {"contents": "read"}
    assert [name for name in JOBS if "actions/checkout" in used(name)] == ["build"]


def test_what_fails_its_tests_is_not_built_and_what_was_built_is_judged_before_it_is_handed_on() -> (
    None
):
    commands = [step.get("run", "") for step in JOBS["build"]["steps"]]
    order = [
        next(place for place, command in enumerate(commands) if said in command)
        for said in (".ci/run", "make dist", "cyclonedx-py", "tools/check_distribution.py")
    ]
    handed_on = [
        place for place, step in enumerate(JOBS["build"]["steps"]) if "path" in step.get("with", {})
    ]

    assert order == sorted(order)
    assert order[-1] < min(handed_on)
    assert '--tag "$GITHUB_REF_NAME"' in commands[order[-1]]


@pytest.mark.parametrize(
    ("job", "after", "permissions"),
    [
        ("attest", "build", {"id-token": "write", "attestations": "write"}),
        ("publish", "attest", {"id-token": "write"}),
        ("release", "publish", {"contents": "write"}),
    ],
)
def test_a_job_that_may_write_takes_what_was_built_after_the_one_before_and_may_do_one_thing(
    job: str, after: str, permissions: dict[str, str]
) -> None:
    assert JOBS[job]["needs"] == after
    assert JOBS[job]["permissions"] == permissions
    assert used(job)[0] == "actions/download-artifact"


def test_every_file_is_attested_as_to_its_making_and_its_needs() -> None:
    attested = [step["with"] for step in JOBS["attest"]["steps"] if "/attest@" in step["uses"]]

    assert attested == [
        {"subject-path": "dist/*"},
        {"subject-path": "dist/*", "sbom-path": "sbom/weibao.cdx.json"},
    ]


def test_publishing_needs_no_token_and_an_environment_that_can_be_guarded() -> None:
    assert JOBS["publish"]["environment"]["name"] == "pypi"
    assert "secrets" not in str(RELEASE)
