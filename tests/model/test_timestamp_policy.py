"""Who stamps checkpoints, as contract.yaml says it."""

from __future__ import annotations

import pytest

from building.contract import CONTRACT
from weibao.model.contract import TimestampPolicy
from weibao.model.load import read_record

ROOT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
WHOLE = f"""\
authority: https://tsa.example/tsr
    chain: checkpoints/authority.pem
    roots: ["{ROOT}"]
"""


def contract(policy: str) -> str:
    return CONTRACT.replace("  main: main\n", f"  main: main\n  timestamp:\n    {policy}")


def test_the_contract_names_authority_chain_and_roots() -> None:
    one = read_record("records/contract.yaml", contract(WHOLE).encode())
    assert one.value is not None, one.findings
    assert one.value.evidence.timestamp == TimestampPolicy(
        "https://tsa.example/tsr", "checkpoints/authority.pem", frozenset({ROOT})
    )


def test_the_chain_may_be_left_to_the_authority() -> None:
    bare = WHOLE.replace("    chain: checkpoints/authority.pem\n", "")
    one = read_record("records/contract.yaml", contract(bare).encode())
    assert one.value is not None, one.findings
    assert one.value.evidence.timestamp.chain == ""


def test_a_contract_need_name_none() -> None:
    assert read_record("records/contract.yaml", CONTRACT.encode()).value.evidence.timestamp is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://tsa.example/tsr", "ftp://tsa.example/tsr"),
        ("https://tsa.example/tsr", '"https://tsa.example/ tsr"'),
        ("checkpoints/authority.pem", "../authority.pem"),
        ("checkpoints/authority.pem", "checkpoints/../../authority.pem"),
        ("checkpoints/authority.pem", "checkpoints/authority.key"),
        ("checkpoints/authority.pem", "records/authority.pem"),
        (f'["{ROOT}"]', "[]"),
        (f'["{ROOT}"]', f'"{ROOT}"'),
        (ROOT, ROOT.upper()),
        (ROOT, ROOT[:-1]),
        ("authority:", "server:"),
    ],
)
def test_what_cannot_be_an_authority_s_is_a_finding(old: str, new: str) -> None:
    one = read_record("records/contract.yaml", contract(WHOLE.replace(old, new, 1)).encode())
    assert one.value is None
    assert {finding.code[:2] for finding in one.findings} == {"R2"}
