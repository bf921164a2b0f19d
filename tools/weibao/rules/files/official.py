"""The judged commit and what others have seen of the official branch (L121–L123)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="L121",
        severity=Severity.ERROR,
        title=N_("Not on the official branch"),
        message=N_(
            "Commit {commit} by {author} is not on the branch “{main}”, neither here nor at a remote as it was fetched."
        ),
        help=N_(
            "Audit the official branch: `git fetch`, then `weibao audit --at {main}`. What branches this commit is on: {show}"
        ),
        why=N_(
            "The contract names one branch on which records count (`evidence.main`). A forge may show another by default, and a clone may stand on any: what is found sound there says nothing of what counts."
        ),
        bad="$ git branch --all --contains 4f2a91c\n* demo\n",
        good="$ git branch --all --contains 4f2a91c\n  main\n  remotes/origin/main\n",
        facts=("commit", "author", "main", "show"),
    ),
    Rule(
        code="L122",
        severity=Severity.ERROR,
        title=N_("An end of the branch is missing"),
        message=N_(
            "The forge saw the official branch end in commit {commit}, and commit {head} neither contains it nor lies behind it."
        ),
        help=N_(
            "Fetch the branch (`git fetch`) and audit again. If it is still told then, the branch was rewritten: keep this clone, and ask the provider for the history that has {commit}. What is here and not in it: {show}"
        ),
        why=N_(
            "Without force, a branch only goes on: every commit that was its end lies behind each later end. The forge's own log says what the ends were, and whoever hands over a history does not choose them."
        ),
        bad="$ git merge-base --is-ancestor 9c01d7e main || echo missing   # 9c01d7e: in refs/weibao/seen\nmissing\n",
        good="$ git merge-base --is-ancestor 9c01d7e main && echo kept   # 9c01d7e: in refs/weibao/seen\nkept\n",
        facts=("commit", "head", "show"),
    ),
    Rule(
        code="L123",
        severity=Severity.ERROR,
        title=N_("Another log of what was seen first"),
        message=N_(
            "The contract names the log of what the forge saw first that begins with commit {old}; the log here begins with {new}."
        ),
        dropped=N_(
            "The contract names the log of what the forge saw first that begins with commit {old}, and it was not read."
        ),
        help=N_(
            "Fetch the forge's log (`weibao seen fetch`), or bring back the one that begins with {old} from whoever holds a copy. How the log here begins: {show}"
        ),
        why=N_(
            "A log that is begun anew says of everything before it that it was there already: what came late would be judged by its recorder's own clock again. So the contract names the first commit of the log, in its first edition that names one."
        ),
        bad="evidence:\n  seen: {ref: refs/weibao/seen, first: 4f2a91c…}\n$ git log --reverse --format=%h refs/weibao/seen\n9c01d7e\n",
        good="evidence:\n  seen: {ref: refs/weibao/seen, first: 4f2a91c…}\n$ git log --reverse --format=%h refs/weibao/seen\n4f2a91c\n",
        facts=("old", "new", "show"),
    ),
)

CHECKED_IN = ("weibao.history.branch", "weibao.history.first_sight.reading")
