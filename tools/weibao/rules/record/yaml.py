"""A record as YAML: the strict subset that reads the same everywhere (R11x)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="R110",
        severity=Severity.ERROR,
        title=N_("Not valid YAML"),
        message=N_("The YAML cannot be read: {problem}."),
        help=N_(
            "Look at this line and the one above it: a quote or bracket left open, a missing space after “:” or “-”, or a text with “: ” or “ #” that needs double quotes."
        ),
        why=N_(
            "A file that cannot be parsed says nothing, and a reader that repairs it guesses. The rest of the file is not judged until it can be read."
        ),
        bad="title: 交换机告警: 风扇故障\n",
        good='title: "交换机告警: 风扇故障"\n',
        facts=("problem",),
    ),
    Rule(
        code="R111",
        severity=Severity.ERROR,
        title=N_("Anchor, alias, tag or merge key"),
        message=N_(
            "“{found}” is an anchor (&), an alias (*), a tag (!) or a merge key (<<), none of which a record may use."
        ),
        help=N_(
            "Write the value out where it is needed. Put a text that begins with &, * or ! in double quotes."
        ),
        why=N_(
            "What a person reads on a line must be what it means. Aliases and merge keys take values from elsewhere and can expand a small file without bound (“billion laughs”); tags can make a careless reader build objects and run code. The merge key is no part of YAML 1.2."
        ),
        bad="li-qiang: &engineer\n  roles: [{role: engineer, from: 2026-01-01}]\nzhao-min: *engineer\n",
        good="li-qiang:\n  roles: [{role: engineer, from: 2026-01-01}]\nzhao-min:\n  roles: [{role: engineer, from: 2026-01-01}]\n",
        facts=("found",),
    ),
    Rule(
        code="R112",
        severity=Severity.ERROR,
        title=N_("Duplicate key"),
        message=N_("The key “{key}” stands here a second time; the first is on line {first_line}."),
        help=N_("Keep one of the two; where both matter, give the second a key of its own."),
        why=N_(
            "YAML 1.2 requires the keys of a mapping to be unique, but many readers take the last one in silence. A second `severity` far down the header would overrule the one that a reviewer sees."
        ),
        bad="severity: 1\ntitle: 核心交换机故障\nseverity: 3\n",
        good="severity: 1\ntitle: 核心交换机故障\n",
        facts=("key", "first_line"),
    ),
    Rule(
        code="R113",
        severity=Severity.ERROR,
        title=N_("Key is not a string"),
        message=N_("The key “{found}” is not a string."),
        help=N_("Put the key in double quotes, or use a word."),
        why=N_(
            "JSON, JSON Schema and every export know only string keys. A number, a list or `true` as a key is read differently from one tool to the next."
        ),
        bad="minimum: {1: 2}\n",
        good="minimum: {shenyang-depot: 2}\n",
        facts=("found",),
    ),
    Rule(
        code="R114",
        severity=Severity.ERROR,
        title=N_("Several documents in one file"),
        message=N_("A second YAML document begins here."),
        help=N_(
            "Delete the “---” line. A second record needs an id and a file of its own; `weibao ticket open` makes both."
        ),
        why=N_(
            "One file is one record, found by its path. Most readers take the first document and ignore the rest, so a second one would be stored and judged by nobody."
        ),
        bad="id: T20261120-7K3Q9M\nkind: fault\n---\nid: T20261120-8M4R2P\nkind: fault\n",
        good="id: T20261120-7K3Q9M\nkind: fault\n",
    ),
    Rule(
        code="R115",
        severity=Severity.ERROR,
        title=N_("Empty file"),
        message=N_("The file holds no YAML value."),
        help=N_(
            "Bring the content back with `git restore FILE`, or delete the file if it has never landed."
        ),
        why=N_(
            "A record without content cannot be told from one that was wiped. An empty file is often what an interrupted save or a full disk leaves behind."
        ),
        bad="# yaml-language-server: $schema=../schemas/duty.schema.json\n",
        good=(
            "# yaml-language-server: $schema=../schemas/duty.schema.json\n"
            "rotas:\n"
            "  desk:\n"
            "    start: 2026-01-01T08:00:00+08:00\n"
            "    shift: 24h\n"
            "    order: [sun-yu, wang-lei]\n"
        ),
    ),
    Rule(
        code="R116",
        severity=Severity.ERROR,
        title=N_("Nested too deep or too many values"),
        message=N_("The file is nested deeper than 32 levels or holds more than 20,000 values."),
        help=N_(
            "Compare the file with its schema: no kind of record is nested deeper than ten levels. Keep bulk data as an attachment (`weibao ticket attach`)."
        ),
        why=N_(
            "A few kilobytes of brackets can exhaust the stack or the memory of whoever reads them (CWE-674, uncontrolled recursion). The bounds are far above what any record needs, and are checked before anything is built."
        ),
        bad="assets: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[core-sw-01]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
        good="assets: [core-sw-01]\n",
        facts=("problem", "limit"),
    ),
)

CHECKED_IN = ("weibao.model.yaml.strict",)
