"""Rules on how requests come in, and who is told of them (O22x)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="O221",
        severity=Severity.WARNING,
        title=N_("Received by someone without the role"),
        message=N_(
            "{person} took the request in ({channel}), and had neither the role for it nor the duty that day."
        ),
        help=N_(
            "If `received_by` is a slip, correct it with `weibao ticket amend`; if the role is missing, add it to records/staff.yaml."
        ),
        why=N_(
            "The service desk is the first to receive a request, the project manager the second (requirement 28). What somebody else takes in is easily forgotten."
        ),
        bad="intake: {channel: phone, received_by: zhou-li}   # the keeper of the depot, not on duty\n",
        good="intake: {channel: phone, received_by: wang-lei}\n",
        facts=("person", "channel"),
    ),
    Rule(
        code="O222",
        severity=Severity.WARNING,
        title=N_("Call taken by someone not on duty"),
        message=N_("{person} took the call of {reported_at} and was not on duty at that minute."),
        help=N_(
            "If `received_by` is a slip, correct it with `weibao ticket amend`; if somebody stood in, say so in records/duty.yaml under `overrides`."
        ),
        why=N_(
            "The first way in is the phone of whoever is on duty (requirement 34). A call that another took shows a rota that is not kept."
        ),
        bad="intake: {channel: phone, received_by: wang-lei}   # sun-yu had the duty\n",
        good="intake: {channel: phone, received_by: sun-yu}\n",
        facts=("person", "channel", "reported_at"),
    ),
    Rule(
        code="O223",
        severity=Severity.WARNING,
        title=N_("Project manager not told of a grave ticket"),
        message=N_(
            "Nothing shows that the project manager knew of it; its severity is {severity}."
        ),
        help=N_(
            "Tell them and record it: `weibao ticket notify`; if they were told then, record it with the time when it was."
        ),
        why=N_(
            "The project manager gets every grave request and its response (requirement 33), to decide on people and material before the customer has to ask."
        ),
        bad="  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n",
        good=(
            "  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n"
            "  - {at: 2026-11-20T09:16:00+08:00, event: notified, by: wang-lei, whom: chen-jie, via: phone}\n"
        ),
        facts=("severity",),
    ),
    Rule(
        code="O224",
        severity=Severity.WARNING,
        title=N_("Project manager told late of an emergency"),
        message=N_(
            "The project manager was to know of this emergency within {allowed}; knew at: “{knew}”."
        ),
        help=N_(
            "If they were told in time, record it with the time when it was: `weibao ticket notify`. Else say in the ticket why they were not."
        ),
        why=N_(
            "An emergency may be handled first and recorded later (requirement 4). In return, the project manager is told at once."
        ),
        bad="  - {at: 2026-11-20T10:30:00+08:00, event: notified, by: wang-lei, whom: chen-jie, via: phone}   # reported at 09:12\n",
        good="  - {at: 2026-11-20T09:16:00+08:00, event: notified, by: wang-lei, whom: chen-jie, via: phone}\n",
        facts=("knew", "allowed"),
    ),
    Rule(
        code="O225",
        severity=Severity.WARNING,
        title=N_("Request to an engineer not passed on"),
        message=N_(
            "{person} took the request in, and nothing shows that the project manager knew of it."
        ),
        help=N_(
            "Tell them and record it: `weibao ticket notify`; if they were told then, record it with the time when it was."
        ),
        why=N_(
            "An engineer whom the customer calls reports it to the project manager and has the desk record it (requirement 36), so that no promise is made that nobody keeps watch over."
        ),
        bad="intake: {channel: engineer, received_by: li-qiang}   # and no `notified` entry\n",
        good="  - {at: 2026-11-20T09:16:00+08:00, event: notified, by: li-qiang, whom: chen-jie, via: phone}\n",
        facts=("person",),
    ),
)
