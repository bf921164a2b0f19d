"""A site built of a repository with secrets in every internal place, and every byte of it searched for them."""

from __future__ import annotations

import html
import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from building.contract import (
    ACTIONS,
    ASSETS,
    CONTRACT,
    SPARES,
    STAFF,
    a_ticket,
    entry,
    small_contract,
    ticket_path,
)
from building.pictures import GPS, exif, jpeg, png, png_chunk
from building.repository import Repository
from building.site import FAULT, an_inspection, mkdocs, mkdocs_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INTERNAL = {
    "an internal entry": "客户情绪激动勿外传",
    "a correction of an internal entry": "勿外传之二",
    "an internal check": "机柜钥匙在门垫下",
    "an internal movement of a part": "水货渠道老陈",
    "an internal action": "裁撤夜班两人",
    "an internal page": "口令是八个八",
    "the title of an internal page": "门禁密码清单",
    "the name of an internal page": "door-codes",
    "the translation of an internal page": "eight eights",
    "a page of an unknown audience": "还没想好给谁看",
    "a page of knowledge of no audience": "绝密散热手册",
    "a file that only an internal page shows": "rack-behind-the-door",
    "a file beside pages of knowledge that none leads to": "wiring-of-the-vault",
    "the name of an internal entry in the nav": "内部导航条目",
    "a serial number": "2102HD0001",
    "a serial number that was corrected": "2102HD0999",
    "a serial number within a word": "SN2102HD0001",
    "a serial number of a part": "HDMPU1",
    "a serial number in a ticket alone": "OLD-MPU/77",
    "where equipment stands": "一号机房",
    "why somebody is on leave": "手术后休养",
    "a telephone number of the staff": "139-1111-2222",
    "the same, written otherwise": "13911112222",
    "a telephone number of the customer": "0512-3333-4444",
    "the metadata of a picture": GPS.decode(),
    "the metadata of a document": "SecretDraftAuthor",
}
"""What no customer may read, whatever the contract publishes of people."""

PEOPLE = {
    "a name": "李强",
    "the name of a contact": "欧阳主任",
    "the name of somebody who left": "周旧人",
    "an id": "li-qiang",
    "the id of a contact": "zhang-gong",
    "the id of somebody who left": "zhou-jiu",
    "an address": "li.qiang@provider.example",
    "an address in capitals": "LI.QIANG@PROVIDER.EXAMPLE",
    "an address of the customer": "zhang.gong@customer.example",
    "an author's name": "Eve Stranger",
    "an author's address": "eve@elsewhere.example",
}
"""Who may be named where people are published by name alone."""

SEEN = {
    "an internal entry",
    "an internal check",
    "an internal page",
    "the title of an internal page",
    "the translation of an internal page",
    "a page of an unknown audience",
    "a page of knowledge of no audience",
    "a file that only an internal page shows",
    "a file beside pages of knowledge that none leads to",
    "the name of an internal entry in the nav",
    "a serial number",
    "a serial number of a part",
    "a serial number in a ticket alone",
    "the metadata of a picture",
    "the metadata of a document",
    "a name",
    "the name of a contact",
    "an author's name",
}
"""What the provider's own people read on their site."""

PHOTO = jpeg(exif())
DRAWING = png(png_chunk(b"tEXt", GPS))
DOCUMENT = b"%PDF-1.4\n/Author (SecretDraftAuthor)\n"
PUBLIC = "公开的进展"

NAV = """\
nav:
  - 关于李强: about.md
  - 内部导航条目: knowledge/door-codes.md
  - 内部导航条目之组: [knowledge/door-codes.md]
"""


EXTRA = """\
extra:
  social:
    - {icon: material/email, link: "mailto:li.qiang@provider.example", name: 李强}
"""


def attached(content: bytes, ending: str, at: str, **keys: str) -> tuple[str, str]:
    digest = sha256(content).hexdigest()
    path = f"records/attachments/{digest[:2]}/{digest}.{ending}"
    return path, entry(at, "attached", file=path, sha256=digest, **keys)


def planted(path: Path) -> Repository:
    """A repository with something that must not leave in every place that is internal."""
    repository = Repository(path)
    photo, with_photo = attached(PHOTO, "jpg", "10:20", caption="李强摄，HDMPU1")
    paper, with_paper = attached(DOCUMENT, "pdf", "10:25", caption="报价")
    hidden, with_hidden = attached(DRAWING, "png", "10:30", caption="勿外传", internal="true")
    everything = "、".join((PUBLIC, *PEOPLE.values(), "13911112222", "SN2102HD0001", "OLD-MPU/77"))
    log = (
        entry("09:15", "opened", by="wang-lei"),
        entry("09:17", "assigned", by="wang-lei", to="li-qiang"),
        entry("09:20", "acknowledged", note=f'"{everything}"'),
        entry("09:30", "updated", note=INTERNAL["an internal entry"], internal="true"),
        entry(
            "09:40",
            "amended",
            entry="{at: 2026-11-20T09:30:00+08:00, event: updated}",
            field="note",
            value=INTERNAL["a correction of an internal entry"],
            reason="更正",
        ),
        entry(
            "10:10",
            "part_replaced",
            asset="core-sw-01",
            part="hw-s12700-mpu",
            removed_serial='"OLD-MPU/77"',
            installed_serial='"HDMPU1"',
        ),
        with_photo,
        with_paper,
        with_hidden,
    )
    received = SPARES.rstrip().splitlines()[-1]
    moved = (
        received.replace("HDMPU1", "HDMPU3").replace("HDMPU2", "HDMPU4").replace("10:00", "11:00")
    )
    moved = moved.replace("华为授权经销商", INTERNAL["an internal movement of a part"])
    raised = ACTIONS.rstrip().splitlines()[-1].replace("label-patch-panels", "shifts")
    raised = raised.replace("配线架标签补全", INTERNAL["an internal action"]).replace(
        "09:00", "10:00"
    )
    contract = CONTRACT.replace("name: 张工", 'name: 欧阳主任\n    phone: "0512-3333-4444"')
    contract = contract.replace("title: {zh: 信息部主管", "title: {zh: 欧阳主任本人")
    staff = STAFF.replace("name: 李强", 'name: 李强\n    phone: "+86 139-1111-2222"')
    left = "  zhou-jiu:\n    name: 周旧人\n    roles: [{role: engineer, from: 2025-12-01}]\n"
    leave = "leave:\n  - {who: li-qiang, from: 2026-11-22T08:00:00+08:00, to: 2026-11-23T08:00:00+08:00, reason: 手术后休养}\n"
    files: dict[str, str | bytes] = small_contract() | {
        "records/contract.yaml": contract,
        "records/staff.yaml": staff + left,
        "records/assets.yaml": ASSETS.replace("2102HD0001", "2102HD0999"),
        "records/spares.yaml": f"{SPARES}{moved[:-1]}, internal: true}}\n",
        "records/actions.yaml": f"{ACTIONS}{raised[:-1]}, internal: true}}\n",
        "mkdocs.yml": mkdocs_text() + NAV + EXTRA + "site_author: 李强\n",
        "docs/about.md": f"---\nauthor: 李强\ntags: [李强]\n---\n# 关于{everything}\n\n![图](photo.jpg) ![图](drawing.png)\n",
        "docs/photo.jpg": PHOTO,
        "docs/drawing.png": DRAWING,
        "docs/knowledge/door-codes.md": "---\nlicence: 内部\naudience: internal\n---\n# 门禁密码清单\n\n口令是八个八。\n\n![架](rack-behind-the-door.png)\n",
        "docs/knowledge/door-codes.en.md": "# Door codes\n\neight eights\n",
        "docs/knowledge/rack-behind-the-door.png": DRAWING,
        "docs/knowledge/wiring-of-the-vault.png": DRAWING,
        "docs/knowledge/none.md": "# 笔记\n\n绝密散热手册\n",
        "docs/unknown.md": "---\naudience: intern\n---\n# 草稿\n\n还没想好给谁看\n",
        photo: PHOTO,
        paper: DOCUMENT,
        hidden: DRAWING,
    }
    for name, text in files.items():
        repository.write(name, text)
    repository.commit(
        at="2026-11-20T09:00:00+08:00", by="eve@elsewhere.example", name="Eve Stranger"
    )
    repository.write("records/staff.yaml", staff)
    repository.write("records/assets.yaml", ASSETS)
    repository.write("records/duty.yaml", repository.read("records/duty.yaml") + leave)
    repository.commit(
        at="2026-11-20T09:10:00+08:00", by="eve@elsewhere.example", name="Eve Stranger"
    )
    repository.write(ticket_path(FAULT), a_ticket(FAULT, log=log))
    check = an_inspection().replace("note: 风扇有异响", "note: 机柜钥匙在门垫下, internal: true")
    repository.write(ticket_path("I20261122-4F2MXA"), check)
    repository.commit(at="2026-11-20T10:40:00+08:00")
    return repository


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """By what is published of people, all that is in the customer's site; and in the internal one."""
    repository = planted(tmp_path_factory.mktemp("privacy") / "clone")
    found = {}
    for people in ("roles", "names", "none", "internal"):
        contract = repository.read("records/contract.yaml")
        published = "roles" if people == "internal" else people
        contract = re.sub(r"people: (roles|names|none)", f"people: {published}", contract)
        if people != "roles":  # the English pages are searched in one of them
            contract = contract.replace("languages: [zh, en]", "languages: [zh]")
        repository.write("records/contract.yaml", contract)
        if repository.git("status", "--porcelain", "records"):
            repository.commit(at="2026-11-20T11:00:00+08:00")
        config = repository.read("mkdocs.yml").replace(
            "weibao: {", f"weibao: {{audience: {people}, "
        )
        repository.write("inside.yml", config)
        inside = ("-f", "inside.yml") if people == "internal" else ()
        done = mkdocs(repository, "build", "--strict", *inside)
        assert done.returncode == 0, done.stderr
        found[people] = "\n".join(told(repository.path / "site"))
    return found


def told(site: Path) -> Iterator[str]:
    """Every file of the site, by its name and what a reader, a search or a tool finds in it."""
    files = [file for file in site.rglob("*") if file.is_file()]
    assert {".html", ".json", ".js", ".xml", ".jpg", ".png"} <= {file.suffix for file in files}
    for file in files:
        yield str(file.relative_to(site))
        text = file.read_bytes().decode(errors="replace")
        if file.suffix == ".json":
            text = json.dumps(json.loads(text), ensure_ascii=False)
        if file.parent.name == "search":
            text = text.replace("\u200b", "")
        yield html.unescape(text) if file.suffix in {".html", ".json", ".js", ".xml"} else text


def found_in(site: str, secrets: dict[str, str]) -> set[str]:
    """Which of the secrets the site holds; an address in any case."""
    return {name for name, secret in secrets.items() if secret in site}


@pytest.mark.parametrize("people", ["roles", "names", "none"])
def test_nothing_internal_is_in_the_customers_site(sites: dict[str, str], people: str) -> None:
    assert found_in(sites[people], INTERNAL) == set()
    assert PUBLIC in sites[people]


@pytest.mark.parametrize("people", ["roles", "none"])
def test_nobody_is_named_where_people_are_not_published_by_name(
    sites: dict[str, str], people: str
) -> None:
    assert found_in(sites[people], PEOPLE) == set()


def test_people_appear_as_the_contract_publishes_them(sites: dict[str, str]) -> None:
    assert {"a name", "the name of a contact", "an author's name"} <= found_in(
        sites["names"], PEOPLE
    )
    assert ("工程师 A" in sites["roles"], "工程师 A" in sites["none"]) == (True, False)
    assert "服务商人员" in sites["none"]


def test_the_providers_own_people_read_all_of_it(sites: dict[str, str]) -> None:
    assert SEEN - found_in(sites["internal"], INTERNAL | PEOPLE) == set()
    assert "内部资料，不对客户公开" in sites["internal"]
    assert "内部资料，不对客户公开" not in sites["roles"]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("docs/li-qiang.md", "# 某人\n", "docs/li-qiang.md"),
        ("docs/a.md", "[口令](knowledge/door-codes.md)\n", "door-codes"),
        ("docs/a.md", "---\n{audience: internal}\n---\n# 甲\n", "audience: internal"),
        ("docs/a.png", "no picture", "docs/a.png"),
        ("docs/a.csv", "名单\n李强\n", "that the contract does not publish"),
        ("docs/a.svg", "<svg><!-- 2102HD0001 --></svg>\n", "that the contract does not publish"),
        ("docs/a.pdf", "%PDF\0", "as_they_are: [a.pdf]"),
    ],
)
def test_what_would_give_something_away_stops_the_build(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    repository = Repository(tmp_path / "clone")
    page = "---\naudience: internal\n---\n# 门禁密码清单\n"
    files = small_contract() | {
        "mkdocs.yml": mkdocs_text(),
        "docs/knowledge/door-codes.md": page,
        name: text,
    }
    for path, content in files.items():
        repository.write(path, content)
    repository.commit()
    done = mkdocs(repository, "build")

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f"weibao: {name}" in done.stderr
    assert reason in done.stderr
    assert not (repository.path / "site" / "index.html").exists()
