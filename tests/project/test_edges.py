"""Where the package may touch the world around it, which module may, and why.

Contracts on imports (``lint-imports``) hold what an import shows; ``datetime.now()``, ``os.environ``
or ``path.write_text()`` need none that is not needed elsewhere, so they are looked for in the source.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from project.source import libraries, modules, names_used


@dataclass(frozen=True)
class Edge:
    """A side of the world: the names that touch it, and the modules or rooms that may, with reasons."""

    names: frozenset[str]
    allowed: dict[str, str]


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


EDGES = {
    "the clock": Edge(
        names(
            "datetime.datetime.now datetime.datetime.today datetime.datetime.utcnow datetime.date.today"
            " os.times time .utcnow() .today()"
        ),
        {
            "weibao.cli.checking.saving": "shows a time of day in the zone of the machine",
            "weibao.cli.commands.status": "the board is of now, and again of now",
            "weibao.cli.framework.session": "now, once for a whole command",
            "weibao.render.site.reading": "now, once for a whole site",
            "weibao.workspace.first_sight.recorder": "waits before it asks again",
            "weibao.workspace.stamping.authority": "gives an authority so long and no longer",
            "weibao.workspace.together.sync": "waits before it pushes again",
        },
    ),
    "chance": Edge(
        names("os.urandom random secrets uuid"),
        {
            "weibao.cli.desk.application": "an id that nobody can foresee",
            "weibao.cli.desk.serving": "a key that nobody can guess",
            "weibao.cli.steps.check_with_ticket": "an id that nobody can foresee",
            "weibao.cli.steps.handing_over": "an id that nobody can foresee",
            "weibao.cli.steps.rounds": "an id that nobody can foresee",
            "weibao.cli.commands.ticket": "an id that nobody can foresee",
            "weibao.demo": "its dice have a seed: the same year each time",
            "weibao.workspace.first_sight.recorder": "two that wait do not wait alike",
            "weibao.workspace.together.sync": "two that wait do not wait alike",
        },
    ),
    "processes": Edge(
        names(
            "asyncio.create_subprocess_exec asyncio.create_subprocess_shell multiprocessing pty"
            " os._exit os.abort os.execl os.execle os.execlp os.execv os.execve os.execvp os.fork"
            " os.forkpty os.kill os.killpg os.popen os.posix_spawn os.posix_spawnp os.spawnl os.spawnle"
            " os.spawnlp os.spawnv os.spawnve os.spawnvp os.startfile os.system signal subprocess"
        ),
        {
            "weibao.demo.fast_import": "writes a year's history in one run of git",
            "weibao.history.git.reader": "reads with git",
            "weibao.workspace.recording.git_runner": "writes with git",
            "weibao.workspace.setup.upgrade": "lets each of two versions judge in a process of its own",
            "weibao.workspace.setup.wheels": "lets pip fetch what a lock names",
        },
    ),
    "the environment": Edge(
        names(
            "getpass os.chdir os.environ os.environb os.getcwd os.getenv os.getlogin os.getuid os.name"
            " os.path.expanduser os.path.expandvars os.putenv os.uname os.unsetenv pathlib.Path.cwd"
            " pathlib.Path.home platform sys.platform .astimezone() .expanduser()"
        ),
        {
            "weibao.cli": "commands are told by variables and by the system they run on",
            "weibao.demo.fast_import": "hands git an environment without the caller's settings",
            "weibao.history.git.reader": "hands git an environment without the caller's settings",
            "weibao.history.snapshot": "git writes paths otherwise on Windows",
            "weibao.workspace.diagnosis.examination": "looks for the key that git signs with",
            "weibao.workspace.recording.git_runner": "hands git an environment without the caller's settings",
            "weibao.workspace.recording.store": "folders cannot be synced on Windows",
            "weibao.workspace.setup.upgrade": "hands another version the environment, and where it lies",
        },
    ),
    "the terminal": Edge(
        names("builtins.input input print sys.argv sys.exit sys.stderr sys.stdin sys.stdout"),
        {"weibao.cli": "it is what speaks with people"},
    ),
    "the network": Edge(
        names(
            "aiohttp asyncio.open_connection ftplib http httpx requests smtplib socket ssl urllib.request"
        ),
        {
            "weibao.workspace.forge.forge": "asks the forge",
            "weibao.workspace.forge.downloads": "fetches what was dragged into an issue of the forge",
            "weibao.workspace.forge.one_host": "lets no answer lead to another host",
            "weibao.workspace.stamping.authority": "asks for a time stamp",
        },
    ),
    "files written": Edge(
        names(
            "open() .chmod() .hardlink_to() .mkdir() .rename() .replace() .rmdir() .symlink_to() .touch()"
            " .unlink() .write_bytes() .write_text()"
            " os.chmod os.fdopen os.link os.makedirs os.mkdir os.mkfifo os.open os.remove os.removedirs"
            " os.rename os.renames os.replace os.rmdir os.symlink os.truncate os.unlink os.write"
            " shutil.copy shutil.copy2 shutil.copyfile shutil.copytree shutil.move shutil.rmtree tempfile"
        ),
        {
            "weibao.cli.framework.printing": "--output",
            "weibao.cli.framework.refusing": "keeps what is to be sent to us of a defect",
            "weibao.cli.framework.translated": "no file: a text put into a page of help",
            "weibao.cli.main": "lets go of an output that nobody reads any more",
            "weibao.demo.fast_import": "makes the folder of the example",
            "weibao.history.git.reader": "hands git a long list in a file that has no name",
            "weibao.render.site.search": "the texts that are searched, a file for each language, in a built site",
            "weibao.workspace.index.index": "what is kept is there whole or not at all",
            "weibao.workspace.papers.package_folder": "an acceptance package is there whole or not at all",
            "weibao.workspace.recording.store": "a record is written whole or not at all",
            "weibao.workspace.setup.first_commit": "makes a new repository, and takes back half of one",
            "weibao.workspace.setup.push_hook": "writes the hook of a clone",
            "weibao.workspace.together.merge": "git merges three files that lie beside each other",
        },
    ),
    "files read": Edge(
        names(
            "open .glob() .is_dir() .is_file() .is_symlink() .iterdir() .lstat() .read_bytes() .read_text()"
            " .rglob() .stat() glob importlib.resources os.listdir os.path.exists os.path.getsize"
            " os.path.isdir os.path.isfile os.scandir os.stat os.walk shutil.which"
        ),
        {
            "weibao.cli": "what is to be judged or attached",
            "weibao.demo.data_files": "the stories and the other data that came with the package",
            "weibao.demo.fast_import": "nothing is there yet",
            "weibao.history.git.reader": "whether there is a repository",
            "weibao.history.snapshot": "the working tree, and git's objects",
            "weibao.language": "the catalogues that came with the package",
            "weibao.model.schema.files": "the schemas that came with the package",
            "weibao.render.papers.formats.docx": "the template that came with the package",
            "weibao.render.papers.formats.pdf": "the template that came with the package",
            "weibao.render.site.icons": "the icons that came with the package",
            "weibao.render.site.search": "the texts of all pages, which the theme's plugin has just written",
            "weibao.render.site.settings": "the settings that came with the package",
            "weibao.workspace": "the files that people work in",
        },
    ),
    "imports by name": Edge(
        names("__import__ eval exec importlib.import_module importlib.util runpy"),
        {
            "weibao.cli.framework.translated": "a command is imported when it is called",
            "weibao.model.declared": "pages, figures and formats are found by being there",
            "weibao.rules.catalogue": "a rule is found by being there",
            "weibao.workspace.setup.extras": "imports nothing: asks whether it could",
        },
    ),
}


PURE = names(
    "__future__ base64 binascii bisect calendar collections collections.abc contextlib csv dataclasses"
    " decimal difflib enum errno fractions functools graphlib hashlib heapq importlib.resources.abc"
    " itertools json json.encoder math operator re shlex stat string struct types typing unicodedata"
    " urllib.error urllib.parse zoneinfo"
)
"""What of the standard library anybody may import: values in, values out."""

TOLD = names(
    "datetime http.client importlib importlib.resources os pathlib random secrets shutil subprocess sys"
    " tempfile time urllib.request"
)
"""What has a side of the world in it: the table above tells it by the names that are used of it."""

SELDOM = {
    "email": {
        "weibao.workspace.setup.vendored_wheel": "a wheel's metadata have the form of a letter",
        "weibao.workspace.setup.wheel_contents": "a wheel's metadata have the form of a letter",
    },
    "gc": {"weibao.cli": "no garbage is looked for while a Book is made"},
    "gettext": {"weibao.language": "the catalogues"},
    "hmac": {"weibao.cli.desk.guard": "a key is compared in a time that tells nothing of it"},
    "html": {"weibao.workspace.issue_form.photographs": "an address may stand in HTML"},
    "importlib.util": {"weibao.workspace.setup.extras": "whether an extra's libraries are here"},
    "importlib.metadata": {"weibao.workspace.setup.vendored_wheel": "what is installed here"},
    "io": {
        "weibao.cli.board.watching": "what a step prints is shown on the board",
        "weibao.cli.desk.workplace": "what a step prints is shown on its page",
        "weibao.history.git.reader": "reads what git answers",
        "weibao.render.papers.docx_body": "a picture is put into a document in memory",
        "weibao.render.papers.formats": "a document and a workbook are made in memory",
        "weibao.render.export.formats": "a workbook is made in memory",
        "weibao.render.edition.previews": "a picture is read and made small in memory",
        "weibao.importing.rows": "the rows of a register are read from a text and put together as one",
        "weibao.render.words.csv_text": "a table is put together as a text",
        "weibao.workspace.papers.issuing": "a file that is issued is looked into in memory",
        "weibao.workspace.round_form.sheets": "a form is read and made in memory",
        "weibao.workspace.setup": "a wheel is read and made in memory",
        "weibao.workspace.tables": "a table file is read in memory",
    },
    "pkgutil": {
        "weibao.model.declared": "pages, figures and formats are found by being there",
        "weibao.rules.catalogue": "a rule is found by being there",
    },
    "posixpath": {
        "weibao.render.edition.addresses": "how one address is reached from another, whatever the system",
        "weibao.workspace.tables.untold": "the parts of an archive lie in folders, whatever the system",
    },
    "queue": {"weibao.workspace.saves": "what was saved waits for its check"},
    "threading": {
        "weibao.cli.desk": "requests that come at once wait for each other",
        "weibao.history.git.reader": "writes to git while it reads from it",
    },
    "sqlite3": {
        "weibao.render.export.formats": "a database is made in memory",
        "weibao.workspace.index.index_file": "the file of the index",
    },
    "traceback": {"weibao.cli.framework.refusing": "what is to be sent to us of a defect"},
    "warnings": {
        "weibao.history.signatures.certificates": "a certificate of old form is told as such"
    },
    "webbrowser": {"weibao.cli.desk.serving": "opens the page for whoever started it"},
    "xml.etree": {"weibao.workspace.tables.untold": "a sheet of a workbook is kept as XML"},
    "zipfile": {
        "weibao.render.papers.formats.docx": "a document of Word is an archive",
        "weibao.workspace.papers.issuing": "a document and a workbook are archives",
        "weibao.workspace.round_form.sheets": "a spreadsheet is an archive",
        "weibao.workspace.setup": "a wheel is an archive",
        "weibao.workspace.tables": "a workbook is an archive",
    },
    "zlib": {
        "weibao.demo.pictures": "the checksum of a picture's stream, nothing of which is squeezed",
        "weibao.demo.sealing": "the objects of a pack are squeezed",
        "weibao.workspace.papers.issuing": "what a PDF has attached is squeezed",
    },
}
"""The rest: the module that imports it, or its room, and why. What is in none of the three, nobody may."""


def strange(found: dict[str, str]) -> list[str]:
    """The imports of the standard library that no list allows, and the permissions that nobody needs."""
    imported = {
        (module, library) for module, source in found.items() for library in libraries(source)
    }
    said = [
        f"{module} imports {library}"
        for module, library in sorted(imported)
        if library not in PURE | TOLD
        and not any(within(module, room) for room in SELDOM.get(library, ()))
    ]
    needed = {library for _, library in imported}
    said += [f"nobody imports {library}" for library in sorted((PURE | TOLD) - needed)]
    said += [
        f"{room} imports {library} no more"
        for library, rooms in SELDOM.items()
        for room in rooms
        if not any(within(module, room) for module, name in imported if name == library)
    ]
    return said


def broken(found: dict[str, str]) -> list[str]:
    """What of a package (source by module) breaks the table, one sentence each."""
    said = []
    for side, edge in EDGES.items():
        touching = [
            module
            for module, source in found.items()
            if not edge.names.isdisjoint(names_used(source))
        ]
        said += [
            f"{module} touches {side}"
            for module in touching
            if not any(within(module, allowed) for allowed in edge.allowed)
        ]
        said += [
            f"{allowed} touches {side} no more"
            for allowed in edge.allowed
            if not any(within(module, allowed) for module in touching)
        ]
    return said


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


@pytest.fixture(scope="module")
def package() -> dict[str, str]:
    return modules()


def test_each_side_of_the_world_is_touched_by_those_modules_that_have_a_reason(package) -> None:
    assert broken(package) == []


@pytest.mark.parametrize(
    ("side", "planted"),
    [
        ("the clock", "import datetime\nNOW = datetime.datetime.now(datetime.UTC)"),
        ("the clock", "from datetime import date as day\nnow = lambda: day.today()"),
        ("the clock", "from datetime import datetime\nclock = datetime.now"),
        ("the clock", "from time import monotonic as since"),
        ("the clock", "def now(moment):\n    return moment.utcnow()"),
        ("the clock", "import os\nSPENT = os.times().elapsed"),
        ("chance", "import random\nDIE = random.Random()"),
        ("processes", "import os\nos.system('git gc')"),
        ("processes", "from asyncio import create_subprocess_exec"),
        ("processes", "def run():\n    import subprocess"),
        ("the environment", "import os\nZONE = os.environ.get('TZ')"),
        ("the environment", "from os import getenv as told"),
        ("the environment", "import pathlib\nHERE = pathlib.Path.cwd()"),
        ("the environment", "def here(moment):\n    return moment.astimezone()"),
        ("the terminal", "print('ok')"),
        ("the terminal", "import sys\nsys.stdout.write('ok')"),
        ("the network", "import urllib.request"),
        ("the network", "from socket import create_connection"),
        ("files written", "def keep(path):\n    path.write_text('')"),
        ("files written", "def keep(path):\n    with path.open('w') as stream: pass"),
        ("files written", "def keep(path):\n    with open(path, mode='a') as stream: pass"),
        ("files written", "def keep(path, beside):\n    beside.replace(path)"),
        ("files read", "def text(path):\n    return path.read_bytes()"),
        ("files read", "def text(path):\n    return open(path).read()"),
        ("imports by name", "from importlib import import_module"),
    ],
)
@pytest.mark.parametrize("room", ["weibao.sla.judge", "weibao.model.entry", "weibao.attic"])
def test_a_touch_that_has_no_reason_is_seen(package, side: str, planted: str, room: str) -> None:
    found = package | {room: f"{package.get(room, '')}\n{planted}\n"}

    assert f"{room} touches {side}" in broken(found)


@pytest.mark.parametrize(
    "honest",
    [
        "from datetime import datetime, time\nAT = datetime.combine(DAY, time())",
        "def text(found):\n    return found.replace('a', 'b')",
        "def later(moment, zone):\n    return moment.astimezone(zone)",
        "from os import fsdecode",
        "from urllib.parse import quote",
        "def taken(standing):\n    return standing.open",
    ],
)
def test_what_only_looks_like_a_touch_is_let_be(package, honest: str) -> None:
    assert broken(package | {"weibao.attic": honest}) == []


@pytest.mark.parametrize(
    ("side", "allowed"),
    [(side, allowed) for side, edge in EDGES.items() for allowed in edge.allowed],
)
def test_a_module_that_needs_its_permission_no_more_is_seen(
    package, side: str, allowed: str
) -> None:
    found = {module: "" if within(module, allowed) else text for module, text in package.items()}

    assert f"{allowed} touches {side} no more" in broken(found)


def test_of_the_standard_library_only_what_is_listed_is_imported(package) -> None:
    assert strange(package) == []


@pytest.mark.parametrize(
    ("planted", "library"),
    [
        ("import asyncio", "asyncio"),
        ("import concurrent.futures", "concurrent.futures"),
        ("from email.utils import localtime", "email.utils"),
        ("def f():\n    import ctypes", "ctypes"),
        ("from io import open", "io"),
        ("import threading", "threading"),
        ("from logging import handlers", "logging"),
    ],
)
@pytest.mark.parametrize("room", ["weibao.workspace.saves", "weibao.report.months", "weibao.attic"])
def test_an_import_that_no_list_allows_is_seen(
    package, planted: str, library: str, room: str
) -> None:
    found = package | {room: f"{package.get(room, '')}\n{planted}\n"}

    assert strange(found) == [f"{room} imports {library}"]


def test_a_permission_to_import_that_nobody_needs_is_seen(package) -> None:
    found = {
        module: "" if module == "weibao.language" else text for module, text in package.items()
    }

    assert "weibao.language imports gettext no more" in strange(found)
