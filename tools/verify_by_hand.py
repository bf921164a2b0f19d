"""A second way to the same answer: grades and verdicts out of git alone, for whoever audits Weibao.

Standard library and git only, and no code of the package that it checks. Of every entry of every ticket
it finds when it was recorded and landed, its effective time and grade; of every ticket that a customer
reported, whether the promises to respond and to restore were kept. The rules: docs/design.md, "Evidence"
and "Service levels"; signatures are not read. Exit code 3: something cannot be read or is not whole.
"""

import argparse
import json
import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace
from zoneinfo import ZoneInfo

FOREVER = 2**62
CONTRACT = "records/contract.yaml"
LOGS = f"records/tickets records/inspections records/reports {CONTRACT} records/spares.yaml records/actions.yaml"
LOGS += " records/agreements.yaml records/shifts records/reviews.yaml"
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
EVENTS = """opened notified assigned acknowledged dispatched called_up arrived left paused resumed severity_agreed impact
updated escalated injected answered rated referred part_requested part_arrived part_replaced restored resolved confirmed
closed reopened cancelled amended countersigned justified analysed attached"""  # in the same second they happened in this order
STARTS = "resumed reopened part_requested"  # steps whose later time favours the provider
REASONS = "customer_information site_access change_freeze third_party_carrier force_majeure"
STOPS = {
    "respond": "acknowledged arrived restored resolved ended",
    "restore": "restored resolved ended",
}
# "ended": closed in an old register that has no resolution
HANDS = ["signed", "forge", "named"]  # the strictest first
ALL_DAY = {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
ALWAYS = {"always": {"covers": {"from": "1970-01-02", "to": "9000-12-31"}, "hours": ALL_DAY}}
HOLIDAYS = """2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-03 2025-02-04 2025-04-04 2025-05-01
2025-05-02 2025-05-05 2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-06 2025-10-07 2025-10-08
2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-23 2026-04-06 2026-05-01
2026-05-04 2026-05-05 2026-06-19 2026-09-25 2026-10-01 2026-10-02 2026-10-05 2026-10-06 2026-10-07"""  # public holidays, and days made up for them, as the yearly notices have them
MADE_UP = """2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10"""
SHOWN = ("at", "event", "grade", "recorded", "landed", "evidence", "effective", "commit")
CLAIM = re.compile(r"\s*- *\{ *at: *([^,{}]+?) *, *event: *(\w+)")
KEY = re.compile(r"(?m)^(\"[^\"]*\"|'[^']*'|\w[^{}\[\]\"'#\n]*?) *:(?: +#.*)?(?=\s|$)")
TOKEN = re.compile(  # what JSON has too; what it has not; and text, which then gets JSON's quotes
    r"(\"(?:[^\"\\]|\\.)*\"|,(?!\s*[}\]])|[{}\[\]:])|(?<!\S)#[^\n]*|,"
    r"|('(?:[^']|'')*'|[^\s,{}\[\]:](?:[^,{}\[\]:#\n]|:(?![\s,{}\[\]]|$)|(?<=\S)#)*)"
)


def meaning(text: str) -> object:
    """What the YAML that records use means; every scalar stays the text that it is."""
    text = dedent(re.sub(r"(?m)^ *#.*|^---$", "", text).strip("\n"))
    if text.startswith("- "):
        return [meaning(" " + one[1:]) for one in re.split(r"(?m)^(?=- )", text) if one]
    if text[:1] not in set("{[|>") and len(pairs := KEY.split(text)) > 1:
        return {a.strip("\"'"): meaning(b) for a, b in zip(pairs[1::2], pairs[2::2], strict=True)}
    if text[:1] not in set("{[\"'"):
        return re.split(r"\s#", text)[0].strip()
    as_json = TOKEN.sub(lambda x: json.dumps(x[2].strip().strip("'")) if x[2] else x[1] or "", text)
    return json.loads(as_json, strict=False)


def instant(text: str) -> int:
    """Unix seconds of a time with its offset."""
    return int(datetime.fromisoformat(text).timestamp())


def git(clone: str, command: str, given: str = "") -> str:
    """What git prints, a character a byte; it fetches nothing, and no object stands for another."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith("GIT_")}
    fixed = "--no-replace-objects -c core.commitGraph=false -c protocol.allow=never"
    told = f"git {fixed} {command}".split()
    done = subprocess.run(told, cwd=clone, input=given.encode(), env=kept, stdout=-1, check=True)
    return done.stdout.decode("latin-1")


def seconds(length: str) -> int:
    """A length of wall time, as the contract writes it."""
    return int(length[:-1]) * UNITS[length[-1]]


def history(clone: str, as_of: int) -> SimpleNamespace:  # noqa: C901, PLR0912, PLR0915 - one walk
    """The commits behind HEAD, and every version of every ticket in parts: its top, its log's lines."""
    names = "--is-shallow-repository --path-format=absolute --git-common-dir HEAD"
    shallow, folder, head = git(clone, f"rev-parse {names}").splitlines()
    grafts = Path(os.fsdecode(folder.encode("latin-1")), "info", "grafts")
    if shallow == "true" or grafts.exists() or git(clone, "for-each-ref refs/replace/"):
        raise ValueError("this clone is shallow, or has grafts or replaced objects")
    listed = git(clone, f"rev-list --topo-order --reverse --parents --timestamp {head} --")
    rows = [line.split() for line in listed.splitlines()]
    clock = {commit: int(when) for when, commit, *_ in rows}
    behind = {commit: parents for _, commit, *parents in rows}
    tree = git(clone, f"ls-tree -r -z {head} records/")
    files = {path: blob for blob, path in re.findall(r"100\d+ blob (\w+)\t([^\0]+\.yaml)\0", tree)}
    # -m: of a merge, the files that are otherwise than in a parent, for each of its parents.
    how = f"diff-tree --stdin -m -r -z --root --no-renames -- {LOGS}"
    found, versions, commit = git(clone, how, given="\n".join(behind) + "\n"), {}, ""
    for name, ids, path in re.findall(r"(\w+)\s?\0|:([^\0]+)\0([^\0]+)\0", found):
        commit = name or commit
        if ids:
            versions.setdefault((commit, path), []).extend(ids.split()[2:4])
    blobs = {
        *files.values(),
        *(blob for ids in versions.values() for blob in ids if blob.strip("0")),
    }
    raw, at, parts = git(clone, "cat-file --batch --buffer", given="\n".join(blobs) + "\n"), 0, {}
    while at < len(raw):
        blob, _, size = raw[at : (start := raw.index("\n", at) + 1)].split()
        at = start + int(size) + 1  # an object that is missing has no size: refused
        log = raw.find("\n", raw.find("\nlog:\n", start - 1, at) + 1 or at - 1, at) + 1
        parts[blob] = [raw[start:log], *filter(str.strip, raw[log : at - 1].split("\n"))]
    contract = meaning(parts[files[CONTRACT]][0])
    edited = {
        at[0]: edition_in(parts.get(ids[-1], [""])[0])
        for at, ids in versions.items()
        if at[1] == CONTRACT
    }
    changes = [
        (*at, [parts.get(x, []) for x in (*ids[::2], ids[-1])])
        for at, ids in versions.items()
        if at[1] != CONTRACT
    ]
    brought, made = (
        defaultdict(list),
        defaultdict(set),
    )  # by file and part: who has it, and no parent
    for commit, path, (*olds, new) in changes:
        made[path] |= set(new[:1]) if not any(olds) else set()  # the tops as which a file was made
        for part in set(new).difference(*olds) if len(olds) >= len(behind[commit]) else ():
            brought[path, part].append(commit)
    since, heads, sights = first_seen(clone)
    seen = {one: instant(sights[one]["time"]) for one in behind if one in sights}
    shown, had = {**seen}, {one for one in heads.values() if one in behind}
    witness = dict.fromkeys(had, since) | seen
    for commit, parents in reversed(behind.items()):
        for one in parents:
            had |= {one} if commit in had else set()
            for inherited in (shown, witness):
                if commit in inherited:
                    inherited[one] = min(inherited[commit], inherited.get(one, FOREVER))
    agreed, firsts = as_agreed(
        behind,
        edited,
        {
            x
            for (_, one), found in brought.items()
            for x in found
            if re.fullmatch(r"  - \{.*\}", one)
        },
    )
    ahead = [one for one in behind if clock[one] > min(witness.get(one, as_of), as_of)]
    policy = in_force([one["evidence"] for one in agreed], contract["evidence"], ahead)
    contract["evidence"] = policy
    main, places = policy["main"], {one: n for n, one in enumerate(behind)}
    tips, rank = {}, {}  # what each run saw last of the branch, in its order; the newest tip behind
    for commit, one in sights.items():
        run = (one["time"], one["run"]) if one["ref"] == f"refs/heads/{main}" else None
        tips[run] = max(tips.get(run, ""), commit, key=lambda x: places.get(x, -1))
    begun = [heads.get(f"refs/heads/{main}", ""), *(tips[run] for run in tips if run)]
    for commit, parents in behind.items():
        own = begun.index(commit) if commit in begun else -1
        rank[commit] = max([own, *(rank[one] for one in parents)])
    line = [head]  # HEAD, then the parent that alone has the newest tip behind it, else the first
    while parents := behind[line[-1]]:
        best = max(rank[one] for one in parents)
        alone = [one for one in parents if rank[one] == best] if best >= 0 else []
        line.append(alone[0] if len(alone) == 1 else parents[0])
    place = {commit: -at for at, commit in enumerate(line)}
    distrusted = policy["distrusted"]
    onto, lands = {}, {**place}  # the last on the line that it rests on, the first that rests on it
    time, later, back = {}, {}, {}  # never before a parent's; if distrusted, the next one's
    for commit, parents in behind.items():
        onto[commit] = max((place.get(one, onto[one]) for one in parents), default=-FOREVER)
        own = [] if commit in distrusted else [clock[commit]]
        time[commit] = max([0, *own, *(time[one] for one in parents)])
    for commit, parents in reversed(behind.items()):
        own = later.get(commit, FOREVER) if commit in distrusted else time[commit]
        for one in parents:
            lands[one] = min(lands[commit], lands.get(one, FOREVER))
            later[one] = min(own, later.get(one, FOREVER))
    for commit, parents in behind.items():
        before, after = max((time[one] for one in parents), default=0), later.get(commit, FOREVER)
        back[commit] = 0 if commit in distrusted else before - clock[commit]
        if commit in distrusted:
            time[commit] = after if after < FOREVER else max(clock[commit], before)
    replacing, told = {}, set()  # by file and part: when it took the place of one that is lost
    for commit, path, (*olds, new) in changes:
        standing = parts[files[path]] if path in files else []
        there = new or standing  # a file that is gone and stands again answers for what it was
        fresh = set(there).difference(*olds) if len(olds) >= len(behind[commit]) else set()
        for at, part in [(n, one) for old in olds for n, one in enumerate(old) if n and there]:
            if part not in new and (path, part) not in told:
                told.add((path, part))
                like = [x for x in there if x in fresh and CLAIM.findall(x) == CLAIM.findall(part)]
                heirs = like[:1] or [x for x in there[at : at + 1] if x in fresh]
                for one in heirs if part not in standing else []:
                    replacing.setdefault((path, one), time[commit])
    lands = {commit: line[-at] for commit, at in lands.items()}
    proof = {"brought": brought, "time": time, "lands": lands, "back": back, "replacing": replacing}
    proof |= {"made": made, "register": {lands[one] for one in firsts}}
    known = {"head": head, "files": files, "parts": parts, "contract": contract}
    line.reverse()
    known |= settings(edited, agreed, line, proof, witness) | {"log_began": since}
    proof |= {"shown": {one: shown[one] for one in shown if one not in had}, "witness": witness}
    return SimpleNamespace(**known, **proof, behind=behind, clone=clone)


def edition_in(text: str) -> dict:
    """A version of the contract; nothing where it cannot be read."""
    try:
        found = meaning(text)
    except ValueError:
        return {}
    needed = {"zone", "calendars", "sla", "evidence"}
    return found if isinstance(found, dict) and found.keys() >= needed else {}


def as_agreed(behind: dict, edited: dict, brought: set) -> tuple[list[dict], list[str]]:
    """The contract in the trees of the commits that brought a log's first line, with none behind them; and these."""
    there, begun, agreed, firsts = {}, set(), [], []
    for commit, parents in behind.items():
        there[commit] = edited.get(commit, there[parents[0]] if parents else None)
        if begun & {*parents}:
            begun.add(commit)
        elif commit in brought:
            begun.add(commit)
            firsts.append(commit)
            agreed += [there[commit]] if there[commit] else []
    return agreed, firsts


def in_force(agreed: list[dict], now: dict, ahead: list[str]) -> dict:
    """The rules of evidence: as agreed (of several, the worse for the provider), or stricter since.

    ``ahead`` are the commits that anybody may distrust: their clock says more than it can know.
    """
    given = {"tolerance": "15m", "landing_within": "4h", "clock_skew": "5m", "recheck": "24h"}
    given |= {"main": "main", "since": "1970-01-01T00:00:00Z", "distrusted": []}
    given |= {"firsthand": "signed", "imports": []}
    editions = [given | one for one in [*agreed, now]]
    first, believed = editions[0], editions[:-1] or editions
    lists = [{one["commit"] for one in edition["distrusted"]} for edition in believed]
    own = {one["commit"] for one in editions[-1]["distrusted"]}
    policy = {key: min(seconds(one[key]) for one in editions) for key in list(given)[:3]}
    policy |= {"recheck": max(seconds(one["recheck"]) for one in editions), "main": first["main"]}
    policy |= {"firsthand": min((one["firsthand"] for one in editions), key=HANDS.index)}
    policy |= {"distrusted": set.intersection(*lists) | own & {*ahead}}
    policy |= {
        "imports": [one for one in first["imports"] if all(one in x["imports"] for x in believed)]
    }
    return policy | {"since": min(instant(one["since"]) for one in believed)}


def settings(edited: dict, agreed: list, line: list, proof: dict, witness: dict) -> dict:
    """Every edition of the contract: on the line, beside it until it landed, and as agreed."""
    time, own, beside = proof["time"], [], []
    for commit in line:
        if edited.get(commit) and (not own or own[-1][2] != edited[commit]):
            own.append((time[commit], witness.get(commit, FOREVER), edited[commit]))
    for commit in edited.keys() - {*line}:
        if edited[commit]:
            later = [one for at, _, one in own if at > time[commit]]
            ended = time[proof["lands"][commit]]
            beside.append((time[commit], ended, reaching(edited[commit], later)))
    own_later = [
        (*one[:2], reaching(one[2], [x[2] for x in own[n:]])) for n, one in enumerate(own, 1)
    ]
    first = [reaching(one, [x[2] for x in own]) for one in agreed]
    return {"editions": own_later, "beside": beside, "agreed": first}


def reaching(contract: dict, later: list[dict]) -> dict:
    """An edition whose calendars have what later ones may add: notices' holidays, days not yet covered."""
    clocks = {}
    for name, own in (contract["calendars"] | ALWAYS).items():
        calendar = {"zone": contract["zone"], "overrides": []} | own
        for edition in later:
            other = {"zone": edition["zone"], "overrides": []} | edition["calendars"].get(name, {})
            if any(other.get(key) != calendar[key] for key in ("zone", "hours")):
                continue
            days, (first, last) = by_day(calendar), covered(calendar)
            begins, ends = covered(other)
            added = {day: hours for day, hours in by_day(other).items() if day not in days}
            noticed = {x: y for x, y in added.items() if x in (MADE_UP if y else HOLIDAYS)}
            if all(day in noticed or first <= day <= last for day in added) and (
                begins <= next_day(last) and first <= next_day(ends)
            ):
                first, last = min(first, begins), max(last, ends)
            more = [{"days": [day], "hours": hours} for day, hours in noticed.items()]
            calendar |= {"covers": {"from": first, "to": last}}
            calendar |= {"overrides": [*calendar["overrides"], *more]}
        clocks[name] = calendar
    return contract | {"calendars": clocks}


def by_day(calendar: dict) -> dict[str, list]:
    """The hours of each day that a calendar names."""
    return {day: one["hours"] for one in calendar.get("overrides", []) for day in one["days"]}


def covered(calendar: dict) -> tuple[str, str]:
    """The first and the last day that a calendar covers."""
    return calendar["covers"]["from"], calendar["covers"]["to"]


def next_day(day: str) -> str:
    """The day after."""
    return str(date.fromisoformat(day) + timedelta(1))


def candidates(known: SimpleNamespace, at: int) -> list[dict]:
    """The editions that may have stood at an instant: the last one known by then, all made since."""
    made = [one for one in known.editions if one[0] < at]
    sure = [n for n, one in enumerate(made, 1) if at < known.log_began or one[1] < at]
    place = max(sure, default=0)
    first = [made[place - 1][2]] if place else known.agreed
    found = [*first, *(one[2] for one in made[place:])]
    found += [one for start, end, one in known.beside if start < at <= end]
    return found or [known.editions[0][2]]


def first_seen(clone: str) -> tuple[int, dict, dict]:
    """Since when the forge keeps a log of what it saw first; what was there; each commit's line."""
    log = git(clone, "for-each-ref --format=%(objectname) refs/weibao/seen").strip()
    days = re.findall(r"blob (\w+)\t", git(clone, f"ls-tree {log}")) if log else []
    lines = git(clone, "cat-file --batch", given="\n".join(days) + "\n") if days else ""
    begun, *sights = map(json.loads, re.findall(r'(?m)^\{"(?:since|commit)".*$', lines) or ["{}"])
    begun, *sights = sorted([begun, *sights], key=lambda one: one.get("time", ""))
    kept = {one["commit"]: one for one in sights}
    return instant(begun["since"]) if begun else FOREVER, begun.get("heads", {}), kept


def foremost(known: SimpleNamespace, commits: list[str]) -> list[str]:
    """Of the commits that brought a line those that have none of the others behind them."""
    if len(commits) > 1:
        above, waiting = {one: {one} for one in commits}, [(one, one) for one in commits]
        while waiting:
            start, one = waiting.pop()
            for parent in known.behind[one]:
                if parent not in above[start]:
                    above[start].add(parent)
                    waiting.append((start, parent))
        commits = [one for one in commits if not above[one] & {*commits} - {one}]
    return commits


def introduced(known: SimpleNamespace, commits: list[str]) -> str:
    """Of the commits that brought a line the first witnessed, else the latest."""
    commits = foremost(known, commits)
    if seen := [one for one in commits if one in known.witness]:
        return min(seen, key=known.witness.get)
    return max(commits, key=known.time.get)


def theirs(known: SimpleNamespace, path: str, entry: dict) -> bool:
    """Whether the contact's own address, and unless that was agreed to be enough a key of theirs, gave it."""
    command = "-c gpg.ssh.allowedSignersFile=records/allowed_signers log -1 --format=%G?%x20%ae"
    contact = known.contract["contacts"][entry["contact"]]
    enough = "NUGBXYRE" if known.contract["evidence"].get("firsthand") == "named" else "G"
    own = {address.casefold() for address in contact.get("git", [])}
    commits = foremost(known, known.brought[path, entry["line"]])
    told = [git(known.clone, f"{command} {commit} --").split() for commit in commits]
    return any(row[0] in enough and row[-1].casefold() in own for row in told)


def prove(known: SimpleNamespace, path: str) -> list[dict]:
    """A ticket's report, then its entries by the time that they claim, all with their evidence."""
    policy = known.contract["evidence"]
    tolerance, within, skew, since = (
        policy[key] for key in ("tolerance", "landing_within", "clock_skew", "since")
    )
    may = defaultdict(list, {who: one["may"] for who, one in known.contract["contacts"].items()})
    top, *lines = known.parts[known.files[path]]
    log = [meaning(x.strip()[2:]) | {"line": x, "at_line": n} for n, x in enumerate(lines)]
    order = [*EVENTS.split()]
    log.sort(key=lambda one: (instant(one["at"]), order.index(one["event"]), one["line"]))
    report, signed = meaning(top) | {"event": "", "line": lines[0]}, set()
    came = {known.time[known.lands[introduced(known, known.brought[path, x])]] for x in lines}
    named = (report.get("imported") or {}).get("import")
    ends = [instant(one["until"]) for one in policy["imports"] if one["id"] == named]
    level, levels = graded(report), {}
    for entry in log:
        allowed = entry["event"] == "countersigned" and "countersign" in may[entry["contact"]]
        if allowed and theirs(known, path, entry):
            signed |= {(instant(one["at"]), one["event"]) for one in entry["entries"]}
    for entry in [report, *log]:
        claimed, time = instant(entry["at"] if entry["event"] else entry["reported_at"]), known.time
        commit = introduced(known, known.brought[path, entry["line"]])
        landing, shown = (at := known.lands[commit]), known.shown.get(commit, time[at])
        prompt = 0 <= shown - time[commit] <= within
        evidence = time[commit] if prompt else shown
        rests = [commit] if prompt or shown != time[landing] else [commit, landing]
        backwards = max(known.back[one] for one in rests) > skew
        replaced = known.replacing.get((path, entry["line"]), FOREVER) <= time[commit]
        changed = replaced if entry["event"] else known.made[path] != {top}
        late, agreed = evidence - claimed, not changed and (claimed, entry["event"]) in signed
        grade = "B" if agreed else "O" if late <= tolerance else "C"
        grade = "A" if shown - claimed <= tolerance else grade
        whole = known.time[landing] == min(came) and shown <= max(ends, default=0)
        old = claimed < since and (whole if named else at in known.register)
        if changed or old or backwards or late < -skew:
            grade = "I" if old and not changed else "F"
        effective = claimed if late <= tolerance or agreed or grade == "I" else evidence
        said = int(entry["severity"]) if level and entry["event"] == "severity_agreed" else level
        said = (
            said if said in levels else level
        )  # another severity than those agreed changes nothing
        start = not entry["event"] or entry["event"] in STARTS.split() or said < level
        entry["consent"] = "consent" in may[entry.get("consent_by")]
        level = said if said < level or entry["consent"] else level
        effective = min(claimed, evidence) if start and grade != "I" else effective
        levels = levels if entry["event"] else terms(known.contract, effective)
        exactly = entry if entry["event"] else report.get("imported") or {}
        inexact = grade == "I" and named and exactly.get("precision")
        entry |= {"start": start, "inexact": inexact or ""}
        entry |= {"recorded": time[commit], "landed": time[landing], "evidence": evidence}
        entry |= {"effective": effective, "grade": grade, "commit": commit}
        entry["arrival"] = (shown, time[commit], entry.get("at_line", 0))
    first = {}  # of two of one time and event, the first that landed counts
    for entry in sorted(log, key=lambda one: one["arrival"]):
        entry["counts"] = first.setdefault((instant(entry["at"]), entry["event"]), entry) is entry
    log.sort(key=lambda one: (instant(one["at"]), one["evidence"]))
    return [report, *log]


def graded(report: dict) -> int:
    """The severity as it was declared; 0 where there is none, and of one that an old register does not say the lightest."""
    said = report.get("severity", 0)
    return 99 if said == "unknown" else int(said)


def working(calendar: dict, start: int, end: int) -> Iterator[tuple[int, int, date]]:
    """The working spans in [start, end), each with its day; OverflowError(where its calendar ends)."""

    def wall(day: date, clock: str) -> int:
        shown = timedelta(hours=int(clock[:2]), minutes=int(clock[3:]))
        return int((datetime(day.year, day.month, day.day, tzinfo=zone) + shown).timestamp())

    zone, at = ZoneInfo(calendar["zone"]), start
    first, last = (date.fromisoformat(calendar["covers"][key]) for key in ("from", "to"))
    if not wall(first, "00:00") <= start < (until := wall(last, "24:00")):
        raise OverflowError(start)
    special = by_day(calendar)
    day = max(first, datetime.fromtimestamp(start, zone).date() - timedelta(1))
    while day <= last and wall(day, "00:00") < end:
        hours = special.get(str(day), calendar["hours"].get(f"{day:%a}".lower(), []))
        ends = [(one[:5], one[6:], day + timedelta(one[:5] >= one[6:])) for one in hours]
        for opens, closes in sorted((wall(day, a), min(wall(to, b), until)) for a, b, to in ends):
            if max(opens, at) < min(closes, end):
                yield max(opens, at), min(closes, end), day
            at = max(at, closes)
        day += timedelta(1)
    yield until, until, day
    if end > until:
        raise OverflowError(until)


def counted(calendar: dict, start: int, end: int, idle: list) -> Iterator[tuple[int, int]]:
    """The spans in [start, end) in which a clock counts: working time that is not idle."""
    for still, again in [*sorted(idle), (end, end)]:
        if start < (stop := min(still, end)):
            yield from ((a, b) for a, b, _ in working(calendar, start, stop))
        start = max(start, stop, again)


def promise(calendar: dict, within: str, start: int, end: int, idle: list, again: int) -> tuple:
    """When it is due (or half a second after the last that a calendar tells); its length; what is used.

    From a reopening that came ``again`` what was left by then counts; nothing left is due at once.
    """
    due = first = length = used = None
    try:
        if within.endswith("wd"):  # until the close of business of the last of so many working days
            today = datetime.fromtimestamp(start, ZoneInfo(calendar["zone"])).date()
            left, counting = 0, set()
            for opens, closes, day in working(calendar, start, FOREVER):
                counting |= {day} if day > today else set()
                if len(counting) > int(within[:-2]):
                    break
                left += closes - opens
        else:
            left = seconds(within)
        length = left
        first = due = next_at(calendar, start, left, idle)
        if again > start:
            length = max(0, left - sum(b - a for a, b in counted(calendar, start, again, idle)))
            start, due = again, None
            due = next_at(calendar, again, length, idle) if length else again
        used = sum(b - a for a, b in counted(calendar, start, end, idle))
    except OverflowError as known:
        due = known.args[0] + 0.5 if due is None else due
    return due, length, used, due if first is None else first


def next_at(calendar: dict, start: int, left: int, idle: list) -> int | None:
    """The first instant at which so many seconds were counted; None while the clock stands still."""
    for opens, closes in counted(calendar, start, FOREVER, idle):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    return None


def terms(edition: dict, reported: int) -> dict[int, dict]:
    """What an edition promises on what was reported then, by severity and target."""
    today = str(datetime.fromtimestamp(reported, ZoneInfo(edition["zone"])).date())
    dated = {x["effective_from"]: x["severities"] for x in edition["sla"]}
    named = dated.get(max((day for day in dated if day <= today), default=""), [])
    return {int(one["level"]): one["targets"] for one in named}


def promised(
    known: SimpleNamespace, target: str, level: int, reported: int, start: int
) -> tuple | None:
    """The calendar and length of a promise: of the candidates at its start, the one due first."""
    found = [
        (edition["calendars"][sla["clock"]], sla["within"])
        for edition in candidates(known, start)
        if (sla := terms(edition, reported).get(level, {}).get(target))
    ]
    if len(found) < 2:
        return found[0] if found else None
    dues = [promise(*one, start, start, [], 0)[0] for one in found]
    known_dues = [
        due for due in dues if not due % 1
    ]  # a calendar that does not tell is passed over
    return found[dues.index(min(known_dues, default=dues[0]))]


def ends(known: SimpleNamespace, report: dict, log: list[dict]) -> Iterator[tuple]:
    """The report and log with the earliest starts and latest steps that an old register can mean, and the reverse."""
    zone, bound, latest = ZoneInfo(known.contract["zone"]), FOREVER, {}
    reported = FOREVER
    for entry in [*reversed([one for one in log if one["counts"]]), report]:
        own, first = entry["effective"], entry["effective"]
        if entry["inexact"] == "day":
            day = datetime.fromtimestamp(own, zone).date() + timedelta(1)
            own = int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) - 1
        own = entry["landed"] if entry["inexact"] == "unknown" else own
        bound = max(first, min(own, bound if entry["event"] else reported))
        reported = bound if entry["event"] != "opened" else reported
        latest[id(entry)] = bound if entry["inexact"] else first
    for early in (True, False):
        begun, moved = 0, []
        for entry in [report, *(one for one in log if one["counts"])]:
            own = entry["effective"] if entry["start"] == early else latest[id(entry)]
            own = max(own, entry["effective"], 0 if early else begun)
            begun = own if entry["start"] else begun
            moved.append(entry | {"effective": own})
        yield moved[0], moved[1:]


def verdicts(known: SimpleNamespace, report: dict, log: list[dict], as_of: int) -> Iterator[dict]:
    """What is to be said of respond and restore: of an old register, only what it means at either end."""
    told = [*judged(known, report, log, as_of)]
    nobody = {"verdict": "undetermined", "elapsed": None}
    if any(one["inexact"] for one in [report, *log]):
        both = [[*judged(known, *end, as_of)] for end in ends(known, report, log)]
        for at, one in enumerate(told):
            said = [one["verdict"]]
            for end in both:  # a round that has not begun at this end is the one before it
                own = [
                    x for x in end if x["target"] == one["target"] and x["round"] <= one["round"]
                ]
                said.append((own or [one])[-1]["verdict"] if end else "running")
            pending = {*said} <= {"running", "at_risk"}
            told[at] |= {"verdict": said[1]} if pending else nobody if len({*said}) > 1 else {}
    if report["grade"] == "I" and report.get("severity") == "unknown":
        found, levels = {}, terms(known.contract, report["effective"])
        said = (x["effective"] for x in log if x["counts"] and int(x.get("severity", 0)) in levels)
        named = min((at for at in said if at <= as_of), default=FOREVER)
        for level in sorted(levels):
            for one in judged(known, report | {"severity": str(level)}, log, as_of):
                if (one["stop"] or FOREVER) <= named:  # over by then
                    found.setdefault((one["target"], one["round"]), one | nobody | {"due": None})
        told += found.values()
        told.sort(key=lambda one: (one["target"] != "respond", one["round"]))
    for one in told:
        one.pop("round")
        yield one


def judged(known: SimpleNamespace, report: dict, log: list[dict], as_of: int) -> Iterator[dict]:  # noqa: C901, PLR0912, PLR0915 - the rules
    """What is to be said of respond and restore as of an instant, were every time exact."""
    log = [entry for entry in log if entry["counts"]]
    start, declared = report["effective"], graded(report)
    old = report["grade"] == "I" and report.get("imported")
    levels = terms(known.contract, start)
    if (
        start > as_of
        or not declared
        or not any(terms(one, start) for one in candidates(known, start))
    ):
        return
    steps = [one for one in log if one["effective"] <= as_of]
    gone = next((at for at, one in enumerate(steps) if one["event"] == "cancelled"), None)
    until = as_of if gone is None else steps[gone]["effective"]
    gone, place = None if gone is None else ("cancelled", until, steps[gone]), gone
    steps = [(x["event"], x["effective"], x) for x in steps[:place] if x["effective"] <= until]
    recheck, held, begun, mended = known.contract["evidence"]["recheck"], None, 0, False
    void, rounds, pauses = set(), [(0, 0)], []
    for place, (event, at, step) in enumerate(steps):
        paused = pauses and pauses[-1][1] == FOREVER
        if event == "paused" and not paused and step["reason"] in REASONS.split():
            pauses.append([at, FOREVER, -1])
        elif event == "resumed" and paused:
            pauses[-1][1] = at
        elif event == "closed" and old and step["grade"] == "I" and not mended:
            steps[place], held, mended = ("ended", at, step), at, True
            if paused:
                pauses[-1][1:] = at, place
        elif event in STOPS["restore"].split():
            held = at if event == "resolved" or not mended else held
            mended = mended or event == "resolved"
            if event == "resolved" and paused:
                pauses[-1][1:] = at, place
        elif event == "reopened" and held is not None:
            if at - held <= recheck:  # the repair was none
                void |= set(range(begun, place))
                pauses = [[a, at if by >= begun else b, by] for a, b, by in pauses]
            else:
                rounds.append((place, at))
            held, begun, mended = None, place, False
    void = {x for x in void if steps[x][0] in STOPS["restore"].split()}
    told = [(at, event) for x, (event, at, _) in enumerate(steps) if x not in void]
    response = next((at for at, event in told if event in STOPS["respond"].split()), FOREVER)
    changes, level = [(0, declared, True)], declared
    for event, at, step in steps:
        agreed = int(step["severity"]) if event == "severity_agreed" else level
        if agreed != level and agreed in levels and (agreed < level or step["consent"]):
            changes, level = [*changes, (at, agreed, agreed < level)], agreed
    spans = [(place, at, "restore") for place, at in rounds]
    ends = [place for place, _ in rounds[1:]] + [len(steps)]
    kept, previous = [], None
    for (begin, again, target), last in zip(
        [(0, 0, "respond"), *spans], [len(steps), *ends], strict=True
    ):
        stops, promises, waived = STOPS[target].split(), [], False
        own = [x for x in range(begin, last) if x not in void and steps[x][0] in stops]
        stop = steps[own[0]][1] if own else None
        closing = steps[own[0]] if own else gone
        end = until if stop is None else stop
        still = FOREVER if stop is None and gone is None else end
        kept = [*kept, (previous, again)] if again else []
        idle = (
            [(max(a, response), min(b, still)) for a, b, _ in pauses] if target == "restore" else []
        )
        idle, previous = [*idle, *kept], stop
        for at, level, raised in changes:
            overdue = any(one[3] is not None and one[3] < at for one in promises)
            if (stop is not None and at >= stop) or (overdue and not raised):
                continue
            since = max(at, start) if raised else start
            terms_then = promised(known, target, level, start, since)
            made = [promise(*terms_then, since, end, idle, again)] if terms_then else []
            waived = waived or bool(promises and not made and not raised)
            promises = [*promises, *made] if raised else made
        told = sorted(promises, key=lambda x: (x[0] is None, x[0] or x[1] - x[2]))
        due, length, used, _ = told[0] if told else (None,) * 4
        verdict = "at_risk" if used is not None and 4 * used >= 3 * length else "running"
        verdict = "met" if stop is not None else verdict if gone is None else "cancelled"
        verdict = "waived" if not promises else "breached" if due and end > due else verdict
        if due is not None and due % 1:
            due, stop, verdict = None, None, "undetermined"
        if verdict == "breached" and old and closing and closing[2]["grade"] == "I":
            verdict = verdict if closing[0] == stops[0] else "undetermined"  # no place for it there
        moving = ["paused", "resumed", "reopened", "severity_agreed"] if target == "restore" else []
        using = [report, *(x[2] for x in steps if x[0] in moving), *([closing[2]] if own else [])]
        if verdict == "undetermined" or any(x["inexact"] for x in using):
            used = None
        if promises or waived:
            yield {
                "round": begin,
                "target": target,
                "verdict": verdict,
                "due": due,
                "stop": stop,
                "elapsed": used,
            }


def main() -> None:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("clone")
    parser.add_argument("--as-of", type=instant, default=datetime.now().astimezone().isoformat())
    parser.add_argument("--ticket", default="", help="this one alone, with its entries")
    parser.add_argument("--json", action="store_true", help="everything, for another program")
    asked, path, told = parser.parse_args(), "", []
    try:
        known = history(asked.clone, asked.as_of)
        for path in sorted(x for x in known.files if "/tickets/" in x and asked.ticket in x):
            report, *log = prove(known, path)
            said = [*verdicts(known, report, log, asked.as_of)]
            kept = [{key: one[key] for key in SHOWN} for one in log]
            told.append({"ticket": report["id"], "entries": kept, "verdicts": said})
    except (ValueError, LookupError, OSError, subprocess.CalledProcessError) as problem:
        parser.exit(3, f"{path or asked.clone}: {problem!r}\n")
    if asked.json:
        print(json.dumps({"commit": known.head, "as_of": asked.as_of, "tickets": told}))
        return
    zone = ZoneInfo(known.contract["zone"])
    for one in told:
        for row in (one["entries"] if asked.ticket else []) + one["verdicts"]:
            times = {key: x for key, x in row.items() if isinstance(x, int) and key != "elapsed"}
            row |= {key: datetime.fromtimestamp(x, zone).isoformat() for key, x in times.items()}
            print(one["ticket"], *(f"{key}={x}" for key, x in row.items() if x is not None))


if __name__ == "__main__":
    main()
