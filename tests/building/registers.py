"""Old registers: those of real life under ``tests/importing/registers``, and a small one that tests can change."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from building.contract import CONTRACT, small_contract
from building.repository import Repository
from weibao.importing.mapping import read_mapping
from weibao.importing.rows import rows_of, sheet_of
from weibao.model.load import load_records
from weibao.workspace.tables.table_file import read_table_file

if TYPE_CHECKING:
    from weibao.importing.mapping import ImportMapping
    from weibao.importing.rows import ImportRow
    from weibao.model.records import Records

ROOT = Path(__file__).parents[2]
REGISTERS = ROOT / "tests/importing/registers"
CONFIGURED = ("contract", "staff", "assets", "duty", "spares", "plan")

MAPPING = """\
import: 1
kind: ticket
source: desk
header: 1
rows: {from: 2}
dates: {zone: Asia/Shanghai, year: 2026, serials: 1900, between: [2026-10-01, 2026-10-31]}
none: ["/", 无]
number: {column: 工单号}
fields:
  title: {column: 故障现象}
  severity: {column: 级别, map: {一级: 1, 二级: 2}, blank: unknown}
  reported_at: {column: 报修时间}
  reported_by: {column: 报修人, names_of: contacts, else: keep}
  assets: {column: 设备, names_of: assets, else: keep}
events:
  - {event: acknowledged, at: {column: 响应时间, after: reported_at}, by: {column: 处理人, names_of: staff}}
  - {event: resolved, at: {column: 恢复时间, after: reported_at}, by: {column: 处理人, names_of: staff}, cause: {column: 原因, blank: unknown}}
keep: [备注]
"""
HEAD = "工单号,报修时间,故障现象,级别,报修人,设备,响应时间,处理人,恢复时间,原因,备注"
ROWS = (
    "GD-1,2026-10-08 09:12,主控板告警,一级,张工,core-sw-01,09:20,李强,10:30,主控板故障,",
    "GD-2,2026/10/9,终端掉线,二级,李老师,打印机,当天,赵敏,当天,,只记了日期",
    "GD-3,10月10日 23:50,断网,二级,张工,core-sw-01,23:58,李强,00:40,割接,",
)
NAMED_AT, IMPORTED_AT = "2026-11-01T09:00:00+08:00", "2026-11-02T09:00:00+08:00"


def register(*rows: str) -> str:
    """The CSV of a register with these rows."""
    return "\n".join((HEAD, *rows)) + "\n"


def library() -> Records:
    """The configuration of this repository's own example, for whose customer the registers of real life are."""
    paths = (f"records/{name}.yaml" for name in CONFIGURED)
    records, findings = load_records({path: (ROOT / path).read_bytes() for path in paths})
    assert records is not None, findings
    return records


def of_real_life(name: str, file: str) -> tuple[ImportMapping, tuple[ImportRow, ...]]:
    """A mapping of those registers, and the rows of a file by it."""
    mapping = read_mapping(f"imports/{name}.yaml", (REGISTERS / f"{name}.yaml").read_bytes())
    table = read_table_file(Path(file).suffix, (REGISTERS / file).read_bytes(), mapping.encoding)
    return mapping, rows_of(sheet_of(table, mapping), mapping)


def library_repository(path: Path) -> Repository:
    """A clone with the configuration of that library, and no record."""
    repository = Repository(path / "clone")
    for name in CONFIGURED:
        file = f"records/{name}.yaml"
        repository.write(file, (ROOT / file).read_text(encoding="utf-8"))
    repository.commit("合同", at=NAMED_AT)
    repository.git("config", "user.name", "林越")
    repository.git("config", "user.email", "lin.yue@yunling.example")
    return repository


def naming(source: str, mapping: str = MAPPING, name: str = "desk") -> str:
    """The contract, with a register named by its digests."""
    digests = [sha256(text.encode()).hexdigest() for text in (source, mapping)]
    line = "{{id: {}, source_sha256: {}, mapping_sha256: {}, until: 2026-11-08T00:00:00+08:00}}"
    dated = CONTRACT.replace("since: 2026-01-01T00:00:00+08:00", "since: 2026-11-01T00:00:00+08:00")
    return dated.replace("evidence:\n", f"evidence:\n  imports: [{line.format(name, *digests)}]\n")


def moving_repository(path: Path, source: str, mapping: str = MAPPING) -> Repository:
    """A clone whose contract names a register before anything is recorded; its file lies beside the clone."""
    repository = Repository(path / "clone")
    for file, text in small_contract().items():
        if file != "records/spares.yaml" and "tickets" not in file:
            repository.write(file, text)
    repository.write("records/contract.yaml", naming(source, mapping))
    repository.commit("合同", at=NAMED_AT)
    repository.write("imports/desk.yaml", mapping)
    (path / "desk.csv").write_bytes(source.encode())
    repository.git("config", "user.name", "王蕾")
    repository.git("config", "user.email", "wang.lei@provider.example")
    return repository
