"""Violations of what the plan asks of papers, depots and parts: from whom, how near, and by whose word."""

from __future__ import annotations

from building.contract import SPARES, ticket_path
from building.service_plan import FAULT, movement, whole_contract
from building.violations.violation import CONTRACT, PARTS, STAFF, Edit, Violation, at, duty

FAULT_FILE, PLAN_FILE = ticket_path(FAULT), "docs/resource-plan.md"
LATER, MENDED = at("12-01T10:00:00"), at("12-10T10:00:00")

CREDENTIAL = '  - {issuer: huawei, name: 服务伙伴授权, number: "SP-1001", from: 2025-03-01, to: 2027-02-28}\n'
RENEWED = '  - {issuer: huawei, name: 服务伙伴授权, number: "SP-1002", from: 2026-12-01, to: 2028-12-31}\n'
OF_ANOTHER = (CONTRACT, CREDENTIAL, CREDENTIAL.replace("huawei", "h3c"))
CARRIER = (CONTRACT, "carriers: []", "carriers: [telecom]")
OF_THE_CARRIER = (
    CONTRACT,
    CREDENTIAL,
    CREDENTIAL + CREDENTIAL.replace("huawei", "telecom").replace("服务伙伴授权", "线路代维授权"),
)
ENDED = (CONTRACT, "2025-03-01, to: 2027-02-28", "2025-03-01, to: 2026-11-30")


def stretched(end: str) -> Edit:
    """The credential made longer than it was filed."""
    return (CONTRACT, f"2025-03-01, to: {end}", "2025-03-01, to: 2029-02-28")


def beside(end: str) -> Edit:
    """The renewed one, listed beside that which ends so."""
    held = CREDENTIAL.replace("2027-02-28", end)
    return (CONTRACT, held, held + RENEWED)


PAPER = 'authorised: [{by: huawei, number: "SQ-1001", from: 2025-01-01, to: 2027-12-31}]'
RECEIVED = next(line for line in SPARES.splitlines() if "received" in line) + "\n"
MARKET = (PARTS, "supplier: 华为授权经销商", "supplier: 电子市场")
UNVERIFIED = (PARTS, ", oem_verified_by: sun-yu", "")
VERIFIED = movement(
    "2026-11-01T10:00:00+08:00", "oem_verified", '["HDMPU1", "HDMPU2"]', oem_verified_by="sun-yu"
)


def authorised(days: str) -> Edit:
    """The authorisation of the supplier, from one day to another: ``from: …, to: …``."""
    return (PARTS, "from: 2025-01-01, to: 2027-12-31", days)


def asked(terms: str) -> Edit:
    """What the contract asks of depots."""
    return (
        CONTRACT,
        "experience: {minimum: 2}",
        f"experience: {{minimum: 2}}\ndepots: {{{terms}}}",
    )


def depot(said: str) -> Edit:
    """What the depot says of itself."""
    return (PARTS, "    keeper: sun-yu\n", f"    keeper: sun-yu\n    {said}\n")


DEPOTS = SPARES[SPARES.index("depots:") : SPARES.index("parts:")]
PART = "update: {within: 1h, clock: always}\n          part: {within: 4h"
PART_WITHIN = (CONTRACT, PART, PART.replace("4h", "55m"))
ALSO = RECEIVED.replace("T10:00", "T10:05").replace('"HDMPU1", "HDMPU2"', '"HDMPU3"')
SECOND_DEPOT = (
    PARTS,
    "parts:\n",
    "  wuxi-depot: {name: {zh: 无锡备件库}, address: {zh: 无锡}, keeper: sun-yu, hours: always}\nparts:\n",
)
ARRIVED = "at: 2026-11-20T10:45:00+08:00"
INSTALLED = 'installed_serial: "HDMPU1"'
LI, ZHAO = '"1001", from: 2025-01-01, to: 2027-12-31', '"1002", from: 2025-01-01, to: 2027-12-31'
TWO_ASKED = (CONTRACT, "certified: 1}", "certified: 2}")
TEXT = whole_contract()[PLAN_FILE]
EDITED = (PLAN_FILE, "人员、备件与车辆。", "人员与备件。")
APPROVED_ANEW = (
    CONTRACT,
    'version: "1.0", file: docs/resource-plan.md, approved_by: zhang-gong, approved_on: 2026-01-12',
    'version: "2.0", file: docs/resource-plan.md, approved_by: zhang-gong, approved_on: 2026-12-01',
)
APPROVAL = ", approved_by: zhang-gong, approved_on: 2026-01-12"


def certificate(who: str, days: str) -> Edit:
    """An engineer's certificate, from one day to another."""
    return (STAFF, who, f"{who.partition(',')[0]}, {days}")


VIOLATIONS = (
    Violation(11, "O294", edits=(OF_ANOTHER,)),
    Violation(11, "O294", edits=(CARRIER,), twin=(CARRIER, OF_THE_CARRIER)),
    Violation(
        11,
        "O294",
        edits=(OF_ANOTHER,),
        later=((MENDED, (CONTRACT, "headcount:", f"{CREDENTIAL}headcount:")),),
    ),
    Violation(
        11,
        "O211",
        edits=(ENDED,),
        twin=(ENDED,),
        twin_later=((at("11-30T10:00:00"), beside("2026-11-30")),),
        last=at("11-30T23:59:59"),
    ),
    Violation(
        11,
        "O211",
        edits=(ENDED,),
        later=((MENDED, stretched("2026-11-30")),),
        twin=(ENDED,),
        twin_later=((at("11-30T10:00:00"), beside("2026-11-30")),),
    ),
    Violation(
        11,
        "O211",
        edits=(ENDED,),
        later=((MENDED, beside("2026-11-30")),),
        twin=(ENDED,),
        twin_later=((at("11-30T10:00:00"), beside("2026-11-30")),),
    ),
    Violation(
        11,
        "O212",
        twin=(beside("2027-02-28"),),
        last=at("12-30T23:59:59"),
        as_of=at("12-31T12:00:00"),
    ),
    Violation(
        11,
        "O212",
        edits=(duty("credential_notice", "61d"),),
        twin=(duty("credential_notice", "60d"),),
    ),
    Violation(
        11,
        "O272",
        later=((LATER, duty("credential_notice", "59d")),),
        twin_later=((LATER, duty("credential_notice", "61d")),),
    ),
    Violation(
        11,
        "O297",
        later=((LATER, (CONTRACT, f"credentials:\n{CREDENTIAL}", "")),),
        twin_later=((LATER, beside("2027-02-28")),),
    ),
    Violation(
        11,
        "O297",
        later=((LATER, stretched("2027-02-28")), (MENDED, (CONTRACT, "2029-02-28", "2027-02-28"))),
        twin_later=((LATER, beside("2027-02-28")),),
    ),
    Violation(
        12,
        "O213",
        edits=((CONTRACT, APPROVAL, ""),),
        twin=((CONTRACT, APPROVAL, APPROVAL.replace("01-12", "01-31")),),
    ),
    Violation(
        12,
        "O213",
        edits=((CONTRACT, APPROVAL, APPROVAL.replace("01-12", "02-01")),),
        twin=((CONTRACT, APPROVAL, APPROVAL.replace("01-12", "01-31")),),
    ),
    Violation(
        12,
        "O296",
        later=((LATER, EDITED),),
        twin_later=((LATER, EDITED), (LATER, APPROVED_ANEW)),
    ),
    Violation(
        12,
        "O296",
        later=((LATER, EDITED), (MENDED, (PLAN_FILE, "人员与备件。", "人员、备件与车辆。"))),
        twin_later=((LATER, EDITED), (LATER, APPROVED_ANEW)),
    ),
    Violation(12, "O298", edits=((CONTRACT, "file: docs/resource-plan.md", "file: docs/plan.md"),)),
    Violation(
        13,
        "O203",
        edits=(certificate(LI, "from: 2025-01-01, to: 2026-11-23"),),
        twin=(certificate(LI, "from: 2025-01-01, to: 2026-11-24"),),
    ),
    Violation(
        13,
        "O203",
        edits=(certificate(LI, "from: 2026-11-21, to: 2027-12-31"),),
        twin=(certificate(LI, "from: 2026-11-20, to: 2027-12-31"),),
    ),
    Violation(
        15,
        "O205",
        edits=(TWO_ASKED, certificate(ZHAO, "from: 2025-01-01, to: 2026-11-30")),
        twin=(TWO_ASKED,),
        last=at("11-30T23:59:59"),
    ),
    Violation(
        17,
        "O295",
        edits=(asked("distance_km: 50"), depot("distance_km: {suzhou-plant: 51}")),
        twin=(asked("distance_km: 50"), depot("distance_km: {suzhou-plant: 50}")),
    ),
    Violation(
        17,
        "O295",
        edits=(asked("distance_km: 50"),),
        later=((MENDED, depot("distance_km: {suzhou-plant: 12}")),),
        twin=(asked("distance_km: 50"), depot("distance_km: {suzhou-plant: 12}")),
    ),
    Violation(
        17,
        "O295",
        edits=(asked("delivers_within: 2h"), depot("delivers_within: 3h")),
        twin=(asked("delivers_within: 2h"), depot("delivers_within: 2h")),
    ),
    Violation(
        17,
        "O295",
        # Parts are promised within four hours, round the clock.
        edits=(depot("delivers_within: 5h"),),
        twin=(depot("delivers_within: 4h"),),
    ),
    Violation(
        17,
        "O295",
        edits=(asked("hours: always"), (PARTS, "hours: always", "hours: workdays")),
        twin=(asked("hours: workdays"),),
    ),
    Violation(
        17,
        "O295",
        later=((LATER, (PARTS, DEPOTS, "depots: {}\n")),),
        twin_later=((LATER, (PARTS, "苏州市工业园区", "苏州市工业园区 8 号")),),
    ),
    Violation(
        17,
        "O214",
        edits=((PARTS, '    address: {zh: 苏州市工业园区, en: "Industrial Park, Suzhou"}\n', ""),),
    ),
    *(
        Violation(
            17,
            "O272",
            edits=(asked(f"{setting}: {much}"), depot(said)),
            later=((LATER, (CONTRACT, f"{setting}: {much}", f"{setting}: {less}")),),
            twin=(asked(f"{setting}: {much}"), depot(said)),
            twin_later=((LATER, (CONTRACT, f"{setting}: {much}", f"{setting}: {more}")),),
        )
        for setting, much, less, more, said in (
            ("distance_km", "50", "51", "49", "distance_km: {suzhou-plant: 12}"),
            ("delivers_within", "4h", "5h", "3h", "delivers_within: 2h"),
        )
    ),
    Violation(
        17,
        "O272",
        edits=(asked("hours: always"),),
        later=((LATER, (CONTRACT, "depots: {hours: always}", "depots: {hours: workdays}")),),
        twin=(asked("hours: workdays"),),
        twin_later=((LATER, (CONTRACT, "depots: {hours: workdays}", "depots: {hours: always}")),),
    ),
    Violation(
        20,
        "X302",
        edits=(UNVERIFIED,),
        twin=(
            UNVERIFIED,
            (
                PARTS,
                RECEIVED.replace(UNVERIFIED[1], ""),
                f"{RECEIVED.replace(UNVERIFIED[1], '')}{VERIFIED}",
            ),
        ),
    ),
    Violation(20, "O232", edits=((FAULT_FILE, INSTALLED, 'installed_serial: "HDMPU2"'),)),
    Violation(
        21,
        "S101",
        edits=(PART_WITHIN, (FAULT_FILE, ARRIVED, ARRIVED.replace("45:00", "45:01"))),
        twin=(PART_WITHIN,),
    ),
    Violation(22, "O110", edits=(MARKET,)),
    Violation(
        22,
        "O110",
        edits=(MARKET,),
        later=((LATER, (PARTS, "{zh: 华为授权经销商,", "{zh: 电子市场,")),),
        twin=(MARKET, (PARTS, "{zh: 华为授权经销商,", "{zh: 电子市场,")),
    ),
    Violation(
        22,
        "O111",
        edits=(authorised("from: 2025-12-06, to: 2027-12-31"),),
        twin=(authorised("from: 2025-12-05, to: 2027-12-31"),),
    ),
    Violation(
        22,
        "O111",
        edits=(authorised("from: 2025-01-01, to: 2025-12-04"),),
        twin=(authorised("from: 2025-01-01, to: 2025-12-05"),),
    ),
    Violation(
        22,
        "O111",
        edits=((PARTS, "{by: huawei", "{by: h3c"),),
        later=((LATER, (PARTS, "{by: h3c", "{by: huawei")),),
    ),
    Violation(
        22,
        "O297",
        edits=(authorised("from: 2025-01-01, to: 2025-12-04"),),
        later=((LATER, (PARTS, "to: 2025-12-04", "to: 2027-12-31")),),
        twin_later=((LATER, (PARTS, "to: 2027-12-31", "to: 2027-11-30")),),
    ),
    Violation(
        22,
        "O297",
        later=((LATER, (PARTS, PAPER, "authorised: []")),),
        twin_later=((LATER, (PARTS, "en: Huawei dealer", "en: A dealer")),),
    ),
    Violation(
        22,
        "O109",
        # One paper, one day, two depots.
        edits=(
            SECOND_DEPOT,
            (PARTS, RECEIVED, RECEIVED + ALSO.replace("suzhou-depot", "wuxi-depot")),
        ),
        twin=(SECOND_DEPOT, (PARTS, RECEIVED, RECEIVED + ALSO)),
    ),
)
