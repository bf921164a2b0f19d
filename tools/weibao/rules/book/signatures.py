"""Signatures and first sights: what a commit's maker could not have written alone (E117–E120)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.signatures.signature import SignatureState
from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="E117",
        severity=Severity.ERROR,
        title=N_("Not signed by its author"),
        message=N_(
            "The contract asks that “{event}” be signed by who records it; commit {commit} by {author} has no such signature ({signature})."
        ),
        help=N_(
            "Have git sign your commits (`git config gpg.format ssh`, `git config user.signingkey KEY`, `git config commit.gpgsign true`), with a key that records/allowed_signers already lists for your address. What has landed unsigned stays so: record it again, signed."
        ),
        why=N_(
            "Anyone can write any name into a commit. Where the contract asks for signatures (`evidence.signed`), a closing, a confirmation or a countersignature counts only as the word of whoever holds the key: an unsigned countersignature supports no claim, and an unsigned confirmation is not the customer's own."
        ),
        bad=(
            "  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: zhang-gong, contact: zhang-gong, via: portal}\n"
            "# commit 7be0c44  zhang.gong@customer.example  unsigned\n"
        ),
        good=(
            "  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: zhang-gong, contact: zhang-gong, via: portal}\n"
            "# commit 7be0c44  zhang.gong@customer.example  good signature\n"
        ),
        facts=("event", "commit", "author", "signature"),
    ),
    Rule(
        code="E118",
        severity=Severity.ERROR,
        title=N_("Bad signature"),
        message=N_(
            "Commit {commit} by {author} bears a signature that was not made over its content."
        ),
        help=N_(
            "Look at it with `git verify-commit {commit}` and ask who made it. If it has landed, list it in the contract under `evidence.distrusted` with the reason."
        ),
        why=N_(
            "A signature that does not fit can only come about when a commit is changed after it was signed, or when a signature is copied from elsewhere. Neither happens by mistake."
        ),
        bad="$ git verify-commit 7be0c44\nSignature verification failed: incorrect signature\n",
        good='$ git verify-commit 7be0c44\nGood "git" signature for li.qiang@provider.example\n',
        facts=("commit", "author"),
    ),
    Rule(
        code="E119",
        severity=Severity.WARNING,
        title=N_("Signed with a key that did not count"),
        message=N_(
            "Commit {commit} by {author} is signed with key {key}, which did not count for that address when it landed ({signature})."
        ),
        help=N_(
            "List the key in records/allowed_signers for the address that the commits bear, or renew its validity there, and let that land before the next signed commit."
        ),
        why=N_(
            "A key is tested against the time of the landing and against what the official branch held just before it. Git's own test takes the date in the commit, which its maker chooses: a key that has been withdrawn could go on signing by dating back."
        ),
        bad='li.qiang@provider.example valid-before="20260701" ssh-ed25519 AAAA…\n# commit 7be0c44, landed 2026-11-20T14:02:00+08:00\n',
        good='li.qiang@provider.example valid-before="20270701" ssh-ed25519 AAAA…\n# commit 7be0c44, landed 2026-11-20T14:02:00+08:00\n',
        facts=("commit", "author", "key", "signature"),
    ),
    Rule(
        code="E120",
        severity=Severity.WARNING,
        title=N_("Dated after the forge had seen it"),
        message=N_(
            "Commit {commit} by {author} is dated {time}, but the forge had seen it by {seen}."
        ),
        help=N_(
            "Set the clock of the machine that made it by NTP. What the commit brought is judged at the time at which it was first seen."
        ),
        why=N_(
            "No commit can be seen before it is made: the clock was ahead, by mistake or to make what others did after it look late. The forge's log of what it saw first settles which."
        ),
        bad="4f2a91c  dated 2026-11-20T18:00:00+08:00, first seen 2026-11-20T10:34:10+08:00\n",
        good="4f2a91c  dated 2026-11-20T10:33:00+08:00, first seen 2026-11-20T10:34:10+08:00\n",
        facts=("commit", "author", "time", "seen"),
    ),
)


def check_required_signatures(facts: BookFacts) -> Iterator[Finding]:
    """Entries whose author should have signed (E117)."""
    for record, proof in facts.proofs.items():
        for proven in proof.entries:
            if proven.lacks_signature and proven.author is not None:
                shown = {
                    "event": proven.entry.event,
                    "commit": proven.commit,
                    "author": proven.author.email,
                    "signature": proven.signature.state.value,
                }
                yield Finding("E117", Place(facts.paths[record], proven.entry.line), record, shown)


def check_commits(facts: BookFacts) -> Iterator[Finding]:
    """Signatures that do not fit (E118) or whose key did not count (E119); dates ahead of the forge (E120).

    A key that did not count is told of commits that change records, and only where the branch held keys
    at all: a forge signs the merges that it makes, and without keys nobody has said whose signatures count.
    """
    ledger, contract = facts.ledger, facts.records.contract
    history = ledger.history
    first_path = history.records_changed()
    for commit, signature in ledger.signatures.items():
        shown: dict[str, object] = {
            "commit": commit,
            "author": history.commits[commit].author.email,
            "key": signature.key,
            "signature": signature.state.value,
        }
        place = Place(first_path.get(commit, "records"))
        if signature.state is SignatureState.BAD:
            yield Finding("E118", place, "", shown)
        elif (
            signature.state in {SignatureState.EXPIRED, SignatureState.UNKNOWN_KEY}
            and commit in first_path
            and ledger.keys_known(commit)
            and not facts.customer.signers(commit)
            and not facts.customer.by_forge(commit)
        ):
            yield Finding("E119", place, "", shown)
    for commit, seen in history.sights.first.items():
        made = history.commits[commit]
        if made.commit_time - seen > contract.evidence.clock_skew:
            shown = {
                "commit": commit,
                "author": made.author.email,
                "time": format_instant(made.commit_time, contract.zone),
                "seen": format_instant(seen, contract.zone),
            }
            yield Finding("E120", Place(first_path.get(commit, "records")), "", shown)
