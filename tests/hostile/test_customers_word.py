"""The customer's word on real repositories: given under a proven key, or typed by the provider.

The scene: severity 1, reported 09:12, arrival due 11:12. The engineer says that he came at 10:30 and
recorded it at 12:30; only the customer can lift that.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET
from building.contract import CONTRACT, DELIVERY_SHA256, SPARES, a_ticket, entry, small_contract
from building.repository import Repository
from building.service_plan import PLAN_OF_RESOURCES
from building.sightings import keep_log
from building.signing import SigningKey, openpgp_key, ssh_key
from hostile.dishonest import CUSTOMER, DESK, ENGINEER, at
from hostile.threats import Ending, caught
from weibao.history.contact_keys import read_given_keys
from weibao.history.git.reader import Git
from weibao.history.proven import Grade, Hand
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.model.signers import ssh_fingerprint
from weibao.report.audit.confirmations import confirmations_of
from weibao.report.opening import book_of
from weibao.rules.catalogue import RULES
from weibao.rules.rule import Severity
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.book import Book

pytestmark = pytest.mark.needs("ssh-keygen", "gpg")

CONTRACT_FILE, SIGNERS, AGREEMENTS = (
    "records/contract.yaml",
    "records/allowed_signers",
    "records/agreements.yaml",
)
ARRIVED = entry("10:30", "arrived")
NAMING = "[{at: 2026-11-20T10:30:00+08:00, event: arrived}]"
COUNTERSIGNED = entry(
    "13:00", "countersigned", by="zhang-gong", entries=NAMING, contact="zhang-gong"
)
HEARSAY = COUNTERSIGNED.replace("by: zhang-gong", "by: wang-lei")
OWN = "git: [zhang.gong@customer.example]"
FORGE = "noreply@forge.example"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SigningKey]:
    folder = tmp_path_factory.mktemp("keys")
    return {name: ssh_key(folder, name) for name in ("zhang", "liu", "desk", "forge")}


def scene(path: Path, signers: str = "", contract: str = CONTRACT, **more: str) -> Repository:
    """The ticket, opened under what was agreed, and the arrival that was recorded late."""
    repository = Repository(path)
    for name, text in (small_contract() | more).items():
        repository.write(name, text)
    repository.write(CONTRACT_FILE, contract)
    if signers:
        repository.write(SIGNERS, signers)
    repository.commit("合同", at=at("09:00"))
    opened = entry("09:15", "opened", by="wang-lei")
    repository.write(PATH, a_ticket(log=[opened, entry("09:20", "acknowledged")]))
    repository.commit("受理", at=at("09:21"), by=DESK)
    repository.append(PATH, ARRIVED)
    repository.commit("到场", at=at("12:30"), by=ENGINEER)
    return repository


def line_of(key: SigningKey, address: str = CUSTOMER) -> str:
    return f"{address} {key.public}\n"


def add(
    repository: Repository,
    line: str,
    clock: str,
    by: str,
    key: SigningKey | None = None,
    committer: str = "",
    path: str = PATH,
) -> str:
    if not (repository.path / path).exists():
        repository.write(path, "log:\n")
    repository.append(path, line)
    return repository.commit("记录", at=at(clock), by=by, key=key, committer=committer)


def change(
    repository: Repository, path: str, old: str, new: str, clock: str, key: SigningKey | None = None
) -> None:
    text = repository.read(path) if (repository.path / path).exists() else ""
    assert old in text
    repository.write(path, text.replace(old, new) if old else text + new)
    repository.commit("变更", at=at(clock), by=DESK if key is None else CUSTOMER, key=key)


def approval(repository: Repository, path: str, clock: str, **more: str) -> str:
    digest = sha256((repository.path / path).read_bytes()).hexdigest()
    who = {"by": "wang-lei", "path": path, "sha256": digest, "contact": "zhang-gong"}
    return entry(clock, "approved", **(who | more))


def book(repository: Repository, *given: bytes) -> Book:
    keys = tuple(key for raw in given for key in read_given_keys(raw, book_zone(repository)) or ())
    snapshot = read_snapshot(Git(repository.path))
    return book_of(snapshot, parse_instant("2026-12-05T12:00:00+08:00"), keys)


def book_zone(repository: Repository):
    return book_of(read_snapshot(Git(repository.path)), 0).zone


def lifted(found: Book) -> tuple[Grade, Outcome, Hand | None]:
    """The grade of the arrival, what came of it, and from whose hand the last entry is."""
    entries = found.proofs[TICKET].entries
    grade = next(one.grade for one in entries if one.entry.event == "arrived")
    outcome = next(one.outcome for one in found.verdicts_of(TICKET) if one.target == "arrive")
    last = entries[-1].word
    return grade, outcome, last.hand if last else None


def errors(found: Book) -> set[str]:
    return {one.code for one in found.findings if RULES[one.code].severity is Severity.ERROR}


def codes(found: Book) -> set[str]:
    return {one.code for one in found.findings}


LIFTED = (Grade.COUNTERSIGNED, Outcome.MET)
NOT_LIFTED = (Grade.LATE, Outcome.BREACHED)


def test_a_contact_who_signs_with_a_key_of_the_first_contract_lifts_lateness(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER, keys["zhang"])
    found = book(repository)
    assert lifted(found) == (*LIFTED, Hand.SIGNED)
    assert errors(found) == set()
    assert codes(found).isdisjoint({"E105", "E114", "E119"})


@pytest.mark.parametrize("line", [HEARSAY, COUNTERSIGNED])
def test_a_countersignature_that_the_desk_writes_lifts_nothing(
    tmp_path: Path, keys: dict[str, SigningKey], line: str
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    add(repository, line, "13:01", DESK)
    assert lifted(book(repository)) == (*NOT_LIFTED, Hand.REPORTED)
    caught("hearsay countersign", Ending.MISSED)


def test_an_address_that_anybody_can_type_lifts_nothing(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER)
    found = book(repository)
    assert lifted(found) == (*NOT_LIFTED, Hand.NAMED)
    assert errors(found) == set()


def test_named_lifts_lateness_only_where_it_was_agreed_to_from_the_start(tmp_path: Path) -> None:
    weak = CONTRACT.replace("  main: main\n", "  main: main\n  firsthand: named\n")
    agreed = scene(tmp_path / "agreed", contract=weak)
    add(agreed, COUNTERSIGNED, "13:01", CUSTOMER)
    assert lifted(book(agreed)) == (*LIFTED, Hand.NAMED)
    later = scene(tmp_path / "later")
    change(later, CONTRACT_FILE, "  main: main\n", "  main: main\n  firsthand: named\n", "12:50")
    add(later, COUNTERSIGNED, "13:01", CUSTOMER)
    assert lifted(book(later)) == (*NOT_LIFTED, Hand.NAMED)
    assert "E112" in codes(book(later))


def test_a_staff_address_that_is_given_to_a_contact_stays_that_of_staff(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    change(repository, CONTRACT_FILE, OWN, OWN.replace("]", f", {DESK}]"), "12:40")
    add(repository, COUNTERSIGNED, "13:01", DESK)
    found = book(repository)
    assert lifted(found) == (*NOT_LIFTED, Hand.REPORTED)
    assert "E140" in errors(found)
    staff = repository.read("records/staff.yaml")
    repository.write("records/staff.yaml", staff.replace(f"[{DESK}]", "[other@provider.example]"))
    repository.commit("改地址", at=at("13:10"), by=DESK)
    found = book(repository)
    assert "E140" in errors(found), "an address that staff had once stays theirs"
    assert lifted(found)[2] is Hand.REPORTED
    caught("own customer", Ending.MISSED, codes(found) & {"E140", "E142"})


@pytest.mark.parametrize("signs", ["nothing", "own key listed", "own key approved by itself"])
def test_the_provider_is_not_its_own_customer(
    tmp_path: Path, keys: dict[str, SigningKey], signs: str
) -> None:
    """An address of its own is added to the customer's contact, and a key."""
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    home = "zhang.gong@home.example"
    change(repository, CONTRACT_FILE, OWN, OWN.replace("]", f", {home}]"), "12:40")
    if signs != "nothing":
        change(repository, SIGNERS, "", line_of(keys["desk"], home), "12:41")
    if signs == "own key approved by itself":
        line = approval(repository, SIGNERS, "12:42", by="zhang-gong")
        add(repository, line, "12:43", home, keys["desk"], path=AGREEMENTS)
    key = None if signs == "nothing" else keys["desk"]
    add(repository, COUNTERSIGNED, "13:01", home, key)
    found = book(repository)
    assert lifted(found) == (*NOT_LIFTED, Hand.NAMED)
    assert ("E142" in codes(found)) is (signs == "own key approved by itself")
    if signs == "own key approved by itself":
        caught("own customer", Ending.MISSED, codes(found) & {"E140", "E142"})


def test_an_invented_contact_lifts_nothing(tmp_path: Path, keys: dict[str, SigningKey]) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    add_liu(repository, keys["desk"], "12:40")
    line = COUNTERSIGNED.replace("zhang-gong", "liu-gong")
    add(repository, line, "13:01", "liu@customer.example", keys["desk"])
    assert lifted(book(repository)) == (*NOT_LIFTED, Hand.NAMED)


def add_liu(repository: Repository, key: SigningKey, clock: str) -> None:
    """A second contact, and a key in the second contact's name."""
    liu = "  liu-gong:\n    name: 刘工\n    may: [confirm, countersign, approve]\n    git: [liu@customer.example]\n"
    change(repository, CONTRACT_FILE, "  factory-noc:\n", f"{liu}  factory-noc:\n", clock)
    change(repository, SIGNERS, "", line_of(key, "liu@customer.example"), clock)


def test_a_contact_is_succeeded_under_the_predecessors_signature(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    add_liu(repository, keys["liu"], "12:40")
    for number, path in enumerate((CONTRACT_FILE, SIGNERS)):
        clock = f"12:5{number}"
        line = approval(repository, path, clock, by="zhang-gong")
        add(repository, line, clock, CUSTOMER, keys["zhang"], path=AGREEMENTS)
    change(repository, SIGNERS, line_of(keys["zhang"]), "", "12:55")
    line = COUNTERSIGNED.replace("zhang-gong", "liu-gong")
    add(repository, line, "13:01", "liu@customer.example", keys["liu"])
    found = book(repository)
    assert lifted(found) == (*LIFTED, Hand.SIGNED)
    assert errors(found) == set()
    assert [(one.path, one.since, one.hand) for one in found.approved] == [
        (CONTRACT_FILE, None, Hand.SIGNED),
        (SIGNERS, None, Hand.SIGNED),
    ]
    assert "E142" not in codes(found)


def test_a_proof_counts_only_for_acts_that_have_it_behind_them(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    add_liu(repository, keys["liu"], "12:40")
    line = COUNTERSIGNED.replace("zhang-gong", "liu-gong")
    add(repository, line, "13:01", "liu@customer.example", keys["liu"])
    approved = approval(repository, SIGNERS, "13:05", by="zhang-gong")
    add(repository, approved, "13:05", CUSTOMER, keys["zhang"], path=AGREEMENTS)
    assert lifted(book(repository)) == (*NOT_LIFTED, Hand.NAMED)


def test_a_changed_mail_address_leaves_the_contact_their_key(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    fresh = "gong.zhang@customer.example"
    change(repository, CONTRACT_FILE, OWN, f"git: [{fresh}]", "12:40")
    change(repository, SIGNERS, "", line_of(keys["zhang"], fresh), "12:41")
    add(repository, COUNTERSIGNED, "13:01", fresh, keys["zhang"])
    found = book(repository)
    assert lifted(found) == (*LIFTED, Hand.SIGNED)
    assert errors(found) == set()


@pytest.mark.parametrize("how", ["expired", "withdrawn", "pocket branch"])
def test_a_key_that_no_longer_counts_signs_nothing(
    tmp_path: Path, keys: dict[str, SigningKey], how: str
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    begun = repository.head
    gone = (
        ""
        if how != "expired"
        else line_of(keys["zhang"]).replace(" ssh-", ' valid-before="20261120124500" ssh-')
    )
    change(repository, SIGNERS, line_of(keys["zhang"]), gone, "12:40")
    if how == "pocket branch":
        repository.branch("pocket", begun)
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER, keys["zhang"])
    if how == "pocket branch":
        repository.switch("main")
        repository.merge("pocket", at=at("13:10"))
    assert lifted(book(repository)) == (*NOT_LIFTED, Hand.NAMED)
    caught("withdrawn key", Ending.MISSED)


def test_a_key_of_staff_is_never_the_customers(tmp_path: Path, keys: dict[str, SigningKey]) -> None:
    both = line_of(keys["desk"], DESK) + line_of(keys["desk"])
    repository = scene(tmp_path / "clone", both)
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER, keys["desk"])
    found = book(repository)
    assert lifted(found) == (*NOT_LIFTED, Hand.NAMED)
    assert "E140" in errors(found)


def fingerprint(key: SigningKey) -> str:
    import base64

    return ssh_fingerprint(base64.b64decode(key.public.split()[1]))


def pinned(keys: dict[str, SigningKey], firsthand: str = "") -> str:
    own = f"  firsthand: {firsthand}\n" if firsthand else ""
    key = fingerprint(keys["forge"])
    forge = f'  forge_keys: [{{address: {FORGE}, fingerprint: "{key}"}}]\n'
    return CONTRACT.replace("  main: main\n", f"  main: main\n{own}{forge}")


@pytest.mark.parametrize(("firsthand", "lifts"), [("", NOT_LIFTED), ("forge", LIFTED)])
def test_the_forges_web_editor_makes_the_word_named_and_lifts_where_that_was_agreed(
    tmp_path: Path, keys: dict[str, SigningKey], firsthand: str, lifts: tuple[Grade, Outcome]
) -> None:
    contract = pinned(keys, firsthand)
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]), contract)
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER, keys["forge"], committer=FORGE)
    found = book(repository)
    assert lifted(found) == (*lifts, Hand.NAMED)
    assert errors(found) == set()
    assert "E119" not in codes(found)


@pytest.mark.parametrize("how", ["pinned later", "another's key"])
def test_a_forges_signature_counts_only_by_the_key_that_was_agreed(
    tmp_path: Path, keys: dict[str, SigningKey], how: str
) -> None:
    agreed = (
        pinned(keys, "forge")
        if how == "another's key"
        else CONTRACT.replace("  main: main\n", "  main: main\n  firsthand: forge\n")
    )
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]), agreed)
    if how == "pinned later":
        repository.write(CONTRACT_FILE, pinned(keys, "forge"))
        repository.commit("平台密钥", at=at("12:40"), by=DESK)
    key = keys["forge"] if how == "pinned later" else keys["desk"]
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER, key, committer=FORGE)
    assert lifted(book(repository)) == (*NOT_LIFTED, Hand.NAMED)


def test_an_openpgp_key_of_a_contact_signs_as_well(tmp_path: Path) -> None:
    key = openpgp_key(tmp_path / "gpg", CUSTOMER, "2026-11-20T05:00:00Z")
    repository = scene(tmp_path / "clone", **{"records/keys/zhang-gong.asc": key.public})
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER, key)
    assert lifted(book(repository)) == (*LIFTED, Hand.SIGNED)


LETTER = "records/attachments/{}/{}.txt"


def letter(repository: Repository, text: str) -> str:
    digest = sha256(text.encode()).hexdigest()
    repository.write(LETTER.format(digest[:2], digest), text)
    return digest


@pytest.mark.parametrize("how", ["letter", "no letter", "another's fingerprint"])
def test_while_nobody_has_a_key_a_letter_that_names_it_proves_it(
    tmp_path: Path, keys: dict[str, SigningKey], how: str
) -> None:
    repository = scene(tmp_path / "clone")
    repository.write(SIGNERS, line_of(keys["zhang"]))
    named = keys["desk" if how == "another's fingerprint" else "zhang"]
    more = (
        {}
        if how == "no letter"
        else {"document": letter(repository, f"本人的密钥指纹：{fingerprint(named)}\n")}
    )
    add(repository, approval(repository, SIGNERS, "12:45", **more), "12:45", DESK, path=AGREEMENTS)
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER, keys["zhang"])
    found = book(repository)
    (key,) = confirmations_of(found).keys
    assert (key.contact, key.fingerprint) == ("zhang-gong", fingerprint(keys["zhang"]))
    assert key.proof == ("document" if how == "letter" else "unproven")
    expected = (*LIFTED, Hand.SIGNED) if how == "letter" else (*NOT_LIFTED, Hand.NAMED)
    assert lifted(found) == expected
    assert errors(found) == set()


def test_where_a_key_was_agreed_no_letter_brings_another(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    repository.write(SIGNERS, line_of(keys["desk"]))
    digest = letter(repository, fingerprint(keys["desk"]))
    line = approval(repository, SIGNERS, "12:45", document=digest)
    add(repository, line, "12:45", DESK, path=AGREEMENTS)
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER, keys["desk"])
    assert lifted(book(repository)) == (*NOT_LIFTED, Hand.NAMED)


def test_an_auditor_can_bring_the_customers_key(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone")
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER, keys["zhang"])
    assert lifted(book(repository)) == (*NOT_LIFTED, Hand.NAMED)
    for raw in (line_of(keys["zhang"]), keys["zhang"].public):
        assert lifted(book(repository, raw.encode())) == (*LIFTED, Hand.SIGNED)
    assert lifted(book(repository, keys["desk"].public.encode()))[:2] == NOT_LIFTED


@pytest.mark.parametrize("raw", [b"", b"\x00\xff", b"ssh-ed25519 AAAA", b"# nothing\n"])
def test_a_file_that_holds_no_key_is_none(raw: bytes, tmp_path: Path) -> None:
    assert read_given_keys(raw, book_zone(scene(tmp_path / "clone"))) is None


def reforged(repository: Repository, armour: str) -> None:
    """The last commit, with this in the place of its signature."""
    raw = repository.git("cat-file", "commit", "HEAD")
    head, _, message = raw.partition("\n\n")
    kept = [line for line in head.split("\n") if not line.startswith((" ", "gpgsig"))]
    sealed = "\n".join([*kept, "gpgsig " + armour.strip().replace("\n", "\n ")])
    given = f"{sealed}\n\n{message}\n".encode()
    made = repository.git(
        "hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=given
    )
    repository.git("update-ref", "HEAD", made)


BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"


@pytest.mark.parametrize(
    ("armour", "code"),
    [
        (f"{BEGIN}\n!!!!\n{END}", "E118"),
        (f"{BEGIN}\n{'QUFB' * 20000}\n{END}", "E118"),
        (f"{BEGIN}\nU1NIU0lH\n{END}", "E118"),
        ("-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----", "E118"),
        ("-----BEGIN SIGNED MESSAGE-----\nAAAA\n-----END SIGNED MESSAGE-----", "E119"),
        ("copied", "E118"),
    ],
)
def test_a_signature_that_is_none_is_told_and_believed_by_nobody(
    tmp_path: Path, keys: dict[str, SigningKey], armour: str, code: str
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    note = entry("12:50", "updated", by="zhang-gong", note="知悉")
    add(repository, note, "12:50", CUSTOMER, keys["zhang"])
    if armour == "copied":
        raw = repository.git("cat-file", "commit", "HEAD")
        armour = raw[raw.index(BEGIN) : raw.index(END) + len(END)].replace("\n ", "\n")
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER)
    reforged(repository, armour)
    found = book(repository)
    assert lifted(found) == (*NOT_LIFTED, Hand.NAMED)
    assert code in codes(found)


PAUSED = entry("10:00", "paused", by="wang-lei", reason="force_majeure")
SAID = {
    "paused": [PAUSED, entry("12:00", "resumed", by="wang-lei")],
    "cancelled": [entry("11:00", "cancelled", by="wang-lei", reason="客户来电撤单")],
    "severity_agreed": [
        entry("11:00", "severity_agreed", by="wang-lei", severity="4", consent_by="zhang-gong")
    ],
}


def promised(path: Path, said: str, keys: dict[str, SigningKey]) -> tuple[Repository, str]:
    """A ticket that would have missed its arrival but for what the desk says; and the entry's name."""
    repository = Repository(path)
    for name, text in small_contract().items():
        repository.write(name, text)
    repository.write(SIGNERS, line_of(keys["zhang"]))
    repository.commit("合同", at=at("09:00"))
    first = [entry("09:15", "opened", by="wang-lei"), entry("09:20", "acknowledged")]
    repository.write(PATH, a_ticket(log=first))
    repository.commit("受理", at=at("09:21"), by=DESK)
    for line in SAID[said]:
        clock = line.split("T")[1][:5]
        add(repository, line, clock, DESK)
    if said == "paused":
        add(repository, entry("12:30", "arrived"), "12:31", ENGINEER)
    when = SAID[said][0].split("at: ")[1][:25]
    return repository, f"[{{at: {when}, event: {said}}}]"


@pytest.mark.parametrize("said", list(SAID))
def test_what_only_the_provider_says_takes_no_promise_back(
    tmp_path: Path, keys: dict[str, SigningKey], said: str
) -> None:
    repository, named = promised(tmp_path / "clone", said, keys)
    (told,) = (one for one in book(repository).findings if one.code == "E141")
    assert told.record == TICKET
    assert "arrive" in told.facts["targets"]
    assert RULES[told.code].severity is Severity.ERROR
    caught("only said", Ending.UNSOUND, [told.code])
    documented = shown(repository.clone(tmp_path / "documented"), "document", named, keys["zhang"])
    assert errors(book(documented)) <= {"S102"}, "the silence before it is a promise of its own"
    older = shown(repository.clone(tmp_path / "older"), "older document", named, keys["zhang"])
    caught("old letter", Ending.UNSOUND, errors(book(older)) & {"E141"})
    signed = repository.clone(tmp_path / "signed")
    line = COUNTERSIGNED.replace(NAMING, named).replace("13:00", "14:00")
    add(signed, line, "14:01", CUSTOMER, keys["zhang"])
    assert errors(book(signed)) <= {"S102"}
    hearsay = repository.clone(tmp_path / "hearsay")
    add(hearsay, line.replace("by: zhang-gong", "by: wang-lei"), "14:01", DESK)
    assert "E141" in errors(book(hearsay))


def test_what_the_contact_wrote_under_their_key_is_not_only_said(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    line = entry("11:00", "severity_agreed", by="zhang-gong", severity="4", consent_by="zhang-gong")
    add(repository, line, "12:45", CUSTOMER, keys["zhang"])
    assert "E141" not in codes(book(repository))


def test_a_pause_on_which_nothing_hangs_needs_no_proof(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    add(repository, PAUSED.replace("10:00", "12:40"), "12:41", DESK)
    add(repository, entry("12:45", "resumed", by="wang-lei"), "12:46", DESK)
    add(repository, entry("13:00", "restored", mode="on_site"), "13:01", ENGINEER)
    assert "E141" not in codes(book(repository))


@pytest.mark.parametrize(
    ("hand", "kept"),
    [("signed", Outcome.MET), ("named", Outcome.BREACHED), ("nobody", Outcome.BREACHED)],
)
def test_looser_terms_reach_back_only_where_the_customer_has_signed_them(
    tmp_path: Path, keys: dict[str, SigningKey], hand: str, kept: Outcome
) -> None:
    """Due at 11:12 by the terms that stood, by 17:12 by those that landed after the arrival of 12:30."""
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    change(repository, CONTRACT_FILE, "arrive: {within: 2h", "arrive: {within: 8h", "13:10")
    if hand != "nobody":
        key = keys["zhang"] if hand == "signed" else None
        line = approval(repository, CONTRACT_FILE, "13:20", by="zhang-gong")
        add(repository, line, "13:20", CUSTOMER, key, path=AGREEMENTS)
    found = book(repository)
    arrive = next(one for one in found.verdicts_of(TICKET) if one.target == "arrive")
    assert (arrive.outcome, "E106" in codes(found)) == (kept, hand != "signed")


def arrival(repository: Repository) -> tuple[Outcome, Outcome]:
    """What came of the arrival, and at worst; the forge has seen every commit when it was made."""
    seen = repository.git("log", "--format=%H %cI").splitlines()
    keep_log(repository, dict(line.split(" ") for line in seen))
    (found,) = (one for one in book(repository).verdicts_of(TICKET) if one.target == "arrive")
    return found.outcome, found.at_worst


def shown(
    repository: Repository, how: str, named: str, key: SigningKey, clock: str = "14:00"
) -> Repository:
    """With a document, or a countersignature, that names an entry."""
    if how in {"document", "older document"}:
        digest = letter(repository, "客户来函\n") if how == "document" else DELIVERY_SHA256
        line = entry(
            clock, "attached", by="wang-lei", file="来函.txt", sha256=digest, entries=named
        )
        add(repository, line, clock, DESK)
    elif how != "nobody":
        line = COUNTERSIGNED.replace(NAMING, named).replace("13:00", clock)
        add(repository, line, clock, CUSTOMER, key if how == "signed" else None)
    return repository


@pytest.mark.parametrize("how", ["nobody", "address", "signed", "document", "older document"])
@pytest.mark.parametrize("said", list(SAID))
def test_at_worst_what_is_only_said_takes_no_promise_back(
    tmp_path: Path, keys: dict[str, SigningKey], said: str, how: str
) -> None:
    repository, named = promised(tmp_path / "clone", said, keys)
    outcome, at_worst = arrival(shown(repository, how, named, keys["zhang"]))
    assert outcome is not Outcome.BREACHED
    assert at_worst is (outcome if how in {"signed", "document"} else Outcome.BREACHED)


def test_at_worst_a_raise_brings_no_consent_back_that_was_only_said(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    """From 1 to 4, and then to 2: by the record a raise, without the lowering before it one itself."""
    repository, _ = promised(tmp_path / "clone", "severity_agreed", keys)
    raised = {"by": "wang-lei", "severity": "2", "consent_by": "zhang-gong"}
    add(repository, entry("11:05", "severity_agreed", **raised), "11:05", DESK)
    add(repository, entry("12:30", "arrived"), "12:31", ENGINEER)
    assert arrival(repository) == (Outcome.MET, Outcome.BREACHED)


@pytest.mark.parametrize("key", ["zhang", None])
def test_at_worst_an_address_alone_lifts_nothing_though_that_was_agreed_to_be_enough(
    tmp_path: Path, keys: dict[str, SigningKey], key: str | None
) -> None:
    weak = CONTRACT.replace("  main: main\n", "  main: main\n  firsthand: named\n")
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]), weak)
    add(repository, COUNTERSIGNED, "13:01", CUSTOMER, keys[key] if key else None)
    assert arrival(repository) == (Outcome.MET, Outcome.MET if key else Outcome.BREACHED)


REMOTE = entry("10:00", "resolved", mode="remote", cause="误报", action="重启")
REPAIR = "[{at: 2026-11-20T10:00:00+08:00, event: resolved}]"
CONFIRMED = entry("10:30", "confirmed", by="zhang-gong", contact="zhang-gong", via="portal")


def from_afar(path: Path, keys: dict[str, SigningKey]) -> Repository:
    """A fault of 09:12 that was resolved from afar at ten, and to which nobody need come."""
    repository = Repository(path)
    for name, text in small_contract().items():
        repository.write(name, text)
    repository.write(SIGNERS, line_of(keys["zhang"]))
    repository.commit("合同", at=at("09:00"))
    first = [entry("09:15", "opened", by="wang-lei"), entry("09:20", "acknowledged")]
    repository.write(PATH, a_ticket(log=first))
    repository.commit("受理", at=at("09:21"), by=DESK)
    add(repository, REMOTE, "10:01", ENGINEER)
    return repository


@pytest.mark.parametrize(
    ("how", "at_worst"),
    [
        ("nobody", Outcome.BREACHED),
        ("confirmed by the desk", Outcome.BREACHED),
        ("confirmed before", Outcome.BREACHED),
        ("confirmed when it had been reopened", Outcome.BREACHED),
        ("arrived all the same", Outcome.MET),
        ("confirmed", Outcome.WAIVED),
        ("signed", Outcome.WAIVED),
        ("document", Outcome.WAIVED),
    ],
)
def test_at_worst_a_repair_from_afar_waives_an_arrival_only_where_it_is_shown(
    tmp_path: Path, keys: dict[str, SigningKey], how: str, at_worst: Outcome
) -> None:
    repository = from_afar(tmp_path / "clone", keys)
    match how:
        case "confirmed":
            add(repository, CONFIRMED, "10:31", CUSTOMER, keys["zhang"])
        case "confirmed by the desk":
            add(repository, CONFIRMED.replace("by: zhang-gong", "by: wang-lei"), "10:31", DESK)
        case "confirmed before":
            early = CONFIRMED.replace("T10:30", "T09:30")
            add(repository, early, "10:31", CUSTOMER, keys["zhang"])
        case "confirmed when it had been reopened":
            again = entry("2026-11-22T10:00:00+08:00", "reopened", by="wang-lei", reason="又坏了")
            repository.append(PATH, again)
            repository.commit("重开", at=at("10:01", "2026-11-22"), by=DESK)
            repository.append(PATH, CONFIRMED.replace("11-20T10:30", "11-22T10:30"))
            repository.commit("确认", at=at("10:31", "2026-11-22"), by=CUSTOMER, key=keys["zhang"])
        case "arrived all the same":
            add(repository, entry("11:00", "arrived"), "11:01", ENGINEER)
        case _:
            shown(repository, how, REPAIR, keys["zhang"])
    assert arrival(repository) == (Outcome.WAIVED, at_worst)


@pytest.mark.parametrize("how", ["letter", "no letter", "older letter"])
def test_looser_rules_of_evidence_that_a_letter_approves_count_for_what_lands_from_then_on(
    tmp_path: Path, keys: dict[str, SigningKey], how: str
) -> None:
    """From 15 minutes to 4 hours: the arrival that was recorded two hours late before it stays late."""
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    change(repository, CONTRACT_FILE, "tolerance: 15m", "tolerance: 4h", "12:40")
    more = {"document": letter(repository, "同意放宽\n")} if how == "letter" else {}
    if how == "older letter":
        more = {"document": DELIVERY_SHA256}
    line = approval(repository, CONTRACT_FILE, "12:45", **more)
    add(repository, line, "12:45", DESK, path=AGREEMENTS)
    add(repository, entry("13:00", "restored", mode="on_site"), "15:00", ENGINEER)
    found = book(repository)
    grades = {one.entry.event: one.grade for one in found.proofs[TICKET].entries}
    assert grades["arrived"] is Grade.LATE
    assert grades["restored"] is (Grade.SUPPORTED if how == "letter" else Grade.LATE)
    assert {"E112", "E142"} & codes(found) == (set() if how == "letter" else {"E112", "E142"})
    restore = next(one for one in found.verdicts_of(TICKET) if one.target == "restore")
    assert restore.outcome is (Outcome.MET if how == "letter" else Outcome.BREACHED)
    assert restore.at_worst is Outcome.BREACHED


def test_a_weaker_word_of_the_customer_that_a_letter_approves_counts_from_then_on(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    change(
        repository, CONTRACT_FILE, "  main: main\n", "  main: main\n  firsthand: named\n", "12:40"
    )
    document = letter(repository, "同意以地址为准\n")
    before = repository.clone(tmp_path / "before")
    add(before, COUNTERSIGNED, "12:44", CUSTOMER)
    for each, kept in ((before, NOT_LIFTED), (repository, LIFTED)):
        line = approval(each, CONTRACT_FILE, "12:45", document=document)
        add(each, line, "12:45", DESK, path=AGREEMENTS)
        if each is repository:
            add(each, COUNTERSIGNED, "13:01", CUSTOMER)
        assert lifted(book(each))[:2] == kept


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (CONTRACT_FILE, "certified: 1}", "certified: 0}", "O272"),
        ("records/spares.yaml", "{suzhou-depot: 1}", "{suzhou-depot: 0}", "O272"),
        (CONTRACT_FILE, "to: 2027-02-28}", "to: 2029-02-28}", "O297"),
        ("records/spares.yaml", "to: 2027-12-31}]}}", "to: 2029-12-31}]}}", "O297"),
    ],
)
def test_what_the_customer_agrees_to_is_no_requirement_loosened_and_no_paper_altered(
    tmp_path: Path, keys: dict[str, SigningKey], path: str, old: str, new: str, code: str
) -> None:
    repository = scene(tmp_path / "clone", line_of(keys["zhang"]))
    change(repository, path, old, new, "13:00")
    assert code in codes(book(repository))
    line = approval(repository, path, "13:05", by="zhang-gong")
    add(repository, line, "13:06", CUSTOMER, keys["zhang"], path=AGREEMENTS)
    assert not {code, "E142"} & codes(book(repository))
    change(repository, path, new, old, "13:10")
    change(repository, path, old, new, "13:20")
    assert code not in codes(book(repository))


@pytest.mark.parametrize("signed", [True, False])
def test_an_authorisation_that_was_forgotten_counts_once_the_customer_signs_the_register(
    tmp_path: Path, keys: dict[str, SigningKey], *, signed: bool
) -> None:
    register = SPARES.replace("from: 2025-01-01", "from: 2026-01-01")
    repository = scene(
        tmp_path / "clone", line_of(keys["zhang"]), **{"records/spares.yaml": register}
    )
    assert "O111" in codes(book(repository))
    path, paper = "records/spares.yaml", '{by: huawei, number: "SQ-1001"'
    older = paper.replace("1001", "0999") + ", from: 2025-01-01, to: 2025-12-31}, "
    change(repository, path, paper, older + paper, "13:00")
    if signed:
        line = approval(repository, path, "13:05", by="zhang-gong")
        add(repository, line, "13:06", CUSTOMER, keys["zhang"], path=AGREEMENTS)
    found = codes(book(repository)) & {"O111"}
    assert bool(found) is not signed
    if not signed:
        caught("papers in hindsight", Ending.STAYS, found)


PLAN_PATH = "docs/resource-plan.md"
PLANNED = CONTRACT.replace(
    "carriers:", PLAN_OF_RESOURCES.replace("2026-01-12", "2026-11-20") + "carriers:"
)


def plan_scene(path: Path, key: SigningKey) -> Repository:
    """A contract whose resource plan the customer has approved, and a text that was edited the day after."""
    files = {PLAN_PATH: "# 资源计划\n\n四名工程师。\n"}
    repository = scene(path, line_of(key), PLANNED, **files)
    assert "O296" not in codes(book(repository))
    repository.write(PLAN_PATH, "# 资源计划\n\n三名工程师。\n")
    return repository


NEXT_DAY = "2026-11-21T10:00:00+08:00"


def test_a_plan_that_is_edited_and_approved_in_one_commit_is_agreed(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = plan_scene(tmp_path / "clone", keys["zhang"])
    approved = PLANNED.replace("2026-11-20", "2026-11-21").replace('"1.0"', '"2.0"')
    repository.write(CONTRACT_FILE, approved)
    repository.commit("新版", at=NEXT_DAY)
    found = book(repository)
    assert not {"O273", "O296"} & codes(found)
    assert found.lapses == ()


def test_a_plan_that_was_another_for_a_while_is_a_lapse_and_a_deleted_one_is_told(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = plan_scene(tmp_path / "clone", keys["zhang"])
    edited = repository.commit("改动", at=NEXT_DAY)
    (told,) = (one for one in book(repository).findings if one.code == "O296")
    assert (told.facts["commit"], told.facts["new"]) == (edited, PLAN_PATH)
    repository.write(PLAN_PATH, "# 资源计划\n\n四名工程师。\n")
    repository.commit("恢复", at="2026-11-23T10:00:00+08:00")
    found = book(repository)
    assert "O296" not in codes(found)
    (lapse,) = (one for one in found.lapses if one.finding.code == "O296")
    assert lapse.end - lapse.start == 2 * 86400
    (repository.path / PLAN_PATH).unlink()
    repository.commit("删除", at="2026-11-24T10:00:00+08:00")
    (told,) = (one for one in book(repository).findings if one.code == "O296")
    assert told.facts["new"] == ""


@pytest.mark.parametrize("brought", ["by a merge", "before its day is over"])
def test_a_text_that_a_merge_brings_counts_from_the_merge(
    tmp_path: Path, keys: dict[str, SigningKey], brought: str
) -> None:
    repository = plan_scene(tmp_path / "clone", keys["zhang"])
    if brought == "by a merge":
        repository.branch("plan")
        repository.commit("改动", at="2026-11-20T20:00:00+08:00")
        repository.switch("main")
        repository.merge("plan", at=NEXT_DAY)
    else:
        repository.commit("改动", at="2026-11-20T20:00:00+08:00")
    # The contract that names the approval stood before: what comes after it is not what was approved.
    assert "O296" in codes(book(repository))


def test_what_the_customer_signed_is_the_text_that_counts(
    tmp_path: Path, keys: dict[str, SigningKey]
) -> None:
    repository = plan_scene(tmp_path / "clone", keys["zhang"])
    repository.commit("改动", at=NEXT_DAY)
    line = approval(repository, PLAN_PATH, "2026-11-21T10:05:00+08:00", by="zhang-gong")
    if not (repository.path / AGREEMENTS).exists():
        repository.write(AGREEMENTS, "log:\n")
    repository.append(AGREEMENTS, line)
    repository.commit("同意", at="2026-11-21T10:06:00+08:00", by=CUSTOMER, key=keys["zhang"])
    assert not {"O296", "E142"} & codes(book(repository))
    repository.write(PLAN_PATH, "# 资源计划\n\n两名工程师。\n")
    repository.commit("又改", at="2026-11-22T10:00:00+08:00")
    assert "O296" in codes(book(repository))
