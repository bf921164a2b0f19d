"""The people of the example: the provider's staff and the customer's contacts, all made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.history.history import Identity

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the provider's people; vendors are those whose certificate they hold."""

    id: str
    name: str
    role: str
    vendors: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def identity(self) -> Identity:
        """How their commits are signed."""
        return Identity(self.name, f"{self.id.replace('-', '.')}@yuanting.example")


@dataclass(frozen=True, slots=True)
class Client:
    """One of the customer's people; ``call`` is how the desk speaks of them."""

    id: str
    name: str
    english: str
    title: str
    english_title: str
    call: str
    may: tuple[str, ...]
    site: str
    commits: bool = False

    @property
    def identity(self) -> Identity:
        """How their commits are signed."""
        return Identity(self.name, f"{self.id.replace('-', '.')}@lanjiang-water.example")


_ALL = ("lancheng", "qingyu", "yunxiu")
_NET = ("switch", "router", "firewall")
_FULL = ("declare", "approve", "consent", "confirm", "countersign")

DESK = (
    Colleague("han-xue", "韩雪", "desk"),
    Colleague("peng-tao", "彭涛", "desk"),
    Colleague("qiu-lin", "邱琳", "desk"),
    Colleague("tian-ye", "田野", "desk"),
)
ENGINEERS = (
    Colleague("xu-feng", "许峰", "engineer", ("huawei", "h3c"), _ALL, _NET),
    Colleague("liang-bo", "梁博", "engineer", ("huawei", "h3c"), _ALL, _NET),
    Colleague(
        "song-kai",
        "宋凯",
        "engineer",
        ("h3c", "vertiv"),
        ("lancheng", "qingyu"),
        ("switch", "router", "ups"),
    ),
    Colleague(
        "jiang-lei", "蒋磊", "engineer", ("huawei",), ("lancheng", "yunxiu"), ("firewall", "switch")
    ),
    Colleague("wei-ran", "魏然", "engineer", ("h3c", "huawei"), ("qingyu",), _NET),
    Colleague(
        "cheng-hao",
        "程浩",
        "engineer",
        ("huawei", "vertiv"),
        ("qingyu", "lancheng"),
        ("switch", "firewall", "ups"),
    ),
    Colleague("dong-ning", "董宁", "engineer", ("vertiv", "h3c"), _ALL, ("ups", "switch")),
    Colleague("yuan-shuai", "袁帅", "engineer", ("h3c", "huawei"), ("yunxiu", "lancheng"), _NET),
)
SUPERVISOR = Colleague("he-chuan", "何川", "supervisor")
MANAGER = Colleague("lin-lan", "林岚", "pm")
DIRECTOR = Colleague("lu-zheng", "陆正", "director")
KEEPER = Colleague("cao-ying", "曹颖", "depot")
RESERVE = Colleague("su-ting", "苏婷", "reserve", ("huawei", "h3c", "vertiv"), _ALL, (*_NET, "ups"))
"""She joins in the middle of the year."""

STAFF = (*DESK, *ENGINEERS, SUPERVISOR, MANAGER, DIRECTOR, KEEPER)

CLIENTS = (
    Client(
        "gu-min",
        "顾敏",
        "Gu Min",
        "信息中心主任",
        "Head of IT",
        "顾主任",
        _FULL,
        "lancheng",
        commits=True,
    ),
    Client(
        "fang-yi",
        "方毅",
        "Fang Yi",
        "网络主管",
        "Head of networks",
        "方工",
        _FULL,
        "lancheng",
        commits=True,
    ),
    Client(
        "luo-xin",
        "罗欣",
        "Luo Xin",
        "青屿分公司信息员",
        "IT officer, Qingyu",
        "罗欣",
        ("declare", "confirm"),
        "qingyu",
        commits=True,
    ),
    Client(
        "shen-he",
        "沈河",
        "Shen He",
        "云岫水厂调度班长",
        "Dispatch lead, Yunxiu",
        "沈班长",
        ("declare", "confirm"),
        "yunxiu",
    ),
    Client(
        "client-noc",
        "客户监控中心",
        "Customer NOC",
        "7×24 监控",
        "Monitoring, 24/7",
        "监控中心",
        ("declare", "confirm"),
        "lancheng",
    ),
)
CLIENT = {one.id: one for one in CLIENTS}
HEAD, NETWORKS = CLIENT["gu-min"], CLIENT["fang-yi"]

IDENTITIES = {one.id: one.identity for one in (*STAFF, RESERVE, *CLIENTS)}

_CERTIFICATES = {
    "huawei": ("HCIE-Datacom", "HW"),
    "h3c": ("H3CSE-RS", "HC"),
    "vertiv": ("UPS 原厂服务认证", "VT"),
}


def staff_data(start: date, end: date, *, joined: date | None = None) -> dict[str, object]:
    """``staff.yaml`` for the contract's term; with the reserve since ``joined``.

    One certificate runs out forty days after the term, so that somebody has to see to it.
    """
    people = {}
    for number, one in enumerate((*STAFF, *((RESERVE,) if joined else ()))):
        since = joined if one is RESERVE and joined else start
        data: dict[str, object] = {
            "name": one.name,
            "roles": [{"role": one.role, "from": since.isoformat()}],
            "git": [one.identity.email],
        }
        if one.sites:
            data["sites"] = list(one.sites)
            data["experience"] = [
                {"kind": kind, "since": f"{start.year - 5 - (number + place) % 6}-07-01"}
                for place, kind in enumerate(one.kinds)
            ]
            data["certificates"] = _certificates(one, number, start, end)
        people[one.id] = data
    return {"people": people}


def _certificates(one: Colleague, number: int, start: date, end: date) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = []
    for place, vendor in enumerate(one.vendors):
        name, prefix = _CERTIFICATES[vendor]
        until = f"{start.year + 2}-05-31"
        if (one.id, vendor) == ("dong-ning", "h3c"):
            until = (end + timedelta(days=40)).isoformat()
        listed.append(
            {
                "vendor": vendor,
                "name": name,
                "number": f"{prefix}-{start.year - 1}-{4100 + 10 * number + place}",
                "from": f"{start.year - 1}-06-01",
                "to": until,
            }
        )
    return listed
