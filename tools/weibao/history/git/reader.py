"""Git, read: the one place where git's objects enter, by plumbing commands and in bulk.

A clone is somebody else's: nothing that it configures is run or believed. Every process gets the same
prelude, arguments are lists, names go in by standard input, and output is NUL-separated or raw.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from contextlib import contextmanager, suppress
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from weibao.history.git.failures import damaged, failure, no_git
from weibao.language import N_
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NULL = os.devnull

ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # before git 2.45 this alone stops a fetch of missing objects
    "GIT_CONFIG_GLOBAL": NULL,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": NULL,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
OPTIONS = (
    "--no-replace-objects",
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.commitGraph=false"),
    *("-c", f"core.hooksPath={NULL}"),
    *("-c", f"core.attributesFile={NULL}"),
    *("-c", "protocol.allow=never"),
)
_USER_SETTINGS = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM")
_HEADER = re.compile(rb"([0-9a-f]{40,64}) (blob|commit|tree|tag) (\d+)")
_COMMIT = re.compile(rb"([0-9a-f]{40,64}) commit \d+")
_AT_ONCE = 2**16
"""How many bytes are read of what a command prints, at a time."""
_FULL_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Git:
    """A repository to read, found from any folder inside it.

    Attributes:
        root: the folder it was asked for.
        processes: how many git processes it has started.
    """

    def __init__(self, root: Path) -> None:
        """Read the repository that ``root`` lies in.

        Raises:
            Refusal: git is missing or too old, or there is no repository, or another user's.
        """
        self.root = root.absolute()
        self.processes = 0
        self._commits: set[str] = set()
        kept = {key: text for key, text in os.environ.items() if not key.startswith("GIT_")}
        self._environment = kept | ENVIRONMENT
        self._folder = self.root
        self._layout = self._found()
        self._folder = self.top or self.root

    @property
    def common(self) -> Path:
        """The folder that holds the objects and refs, of all linked work trees alike."""
        return Path(self._layout[2])

    @property
    def top(self) -> Path | None:
        """The top of the work tree; None in a bare repository."""
        if self._layout[1] == "true":
            return None
        return self.root.resolve() / self._layout[3]

    @property
    def object_format(self) -> str:
        """``sha1`` or ``sha256``."""
        return self._layout[0]

    @cached_property
    def empty_tree(self) -> str:
        """The id of the tree without files."""
        return self._digest(b"tree 0\0")

    def resolve(self, revision: str) -> str:
        """The id of the commit that ``revision`` names now; a branch goes before a tag.

        Raises:
            Refusal: there is no such commit, or none at all yet.
        """
        if found := self.commit_of(revision):
            return found
        if revision == "HEAD" and not self.unborn:
            raise damaged(revision)
        if revision == "HEAD":
            raise Refusal(
                N_("The repository has no commits yet."),
                mend=N_("Commit the records first: git add records && git commit"),
            )
        raise Refusal(
            N_("There is no commit “{revision}” here."),
            mend=N_("git branch --all and git log show what there is; git fetch brings the rest."),
            exit_code=Exit.USAGE,
            revision=revision,
        )

    def commit_of(self, revision: str) -> str:
        """The id of the commit that ``revision`` names, a branch before a tag; "" where none is."""
        if revision in self._commits:  # an id, which will never name anything else
            return revision
        candidates = [revision]
        if revision != "HEAD" and not _FULL_ID.fullmatch(revision):
            candidates.insert(0, f"refs/heads/{revision}")
        if "\n" not in revision and "\0" not in revision:
            names = "".join(f"{candidate}^{{commit}}\n" for candidate in candidates)
            for line in self.run("cat-file", "--batch-check", given=names.encode()).split(b"\n"):
                if match := _COMMIT.fullmatch(line):
                    self._commits.add(found := match[1].decode())
                    return found
        return ""

    def commit_ids(self, commit: str) -> tuple[str, ...]:
        """The ids of all commits that can be reached, parents before children."""
        listed = self.run("rev-list", "--topo-order", "--reverse", commit, "--")
        return tuple(listed.decode().split())

    def commits_beyond(self, commits: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
        """The ids of the commits behind some that are behind none of the others, parents first.

        One that is not here is passed over, and of the others leaves out nothing.
        """
        given = "".join(
            f"{object_id}\n" for object_id in (*commits, *(f"^{other}" for other in others))
        )
        options = ("--topo-order", "--reverse", "--ignore-missing", "--stdin")
        return tuple(self.run("rev-list", *options, given=given.encode()).decode().split())

    @property
    def unborn(self) -> bool:
        """Whether nothing has been committed yet."""
        code, _, _ = self._run(("rev-parse", "--verify", "--quiet", "HEAD"), b"")
        return code != 0

    def find(self, ref: str) -> str:
        """The id of what a full ref name points to; "" where there is no such ref."""
        return self.run("for-each-ref", "--format=%(objectname)", ref).decode().partition("\n")[0]

    def branches(self, branch: str, reaching: str = "") -> dict[str, str]:
        """Full ref name → tip of the ``branch`` here and at each remote, as it was fetched; those ``reaching`` a commit."""
        patterns = (f"refs/heads/{branch}", f"refs/remotes/*/{branch}")
        form = "--format=%(refname) %(objectname)"
        wanted = (f"--contains={reaching}",) if reaching else ()
        listed = self.run("for-each-ref", *wanted, form, *patterns).decode()
        return dict(line.rsplit(" ", 1) for line in listed.splitlines())

    @property
    def replaced(self) -> bool:
        """Whether refs replaced objects by others when the repository was found."""
        return bool(self._layout[4])

    def tree(self, commit: str, *folders: str) -> Iterator[tuple[str, str, str]]:
        """Mode, object id and path of every file under ``folders``, in the order of the tree."""
        listed = self.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *folders)
        for line in shown_path(listed).split("\0"):
            if line:
                facts, path = line.split("\t", 1)
                mode, _, object_id = facts.split(" ")
                yield mode, object_id, path

    def differences(
        self, pairs: Iterable[tuple[str, str]], *folders: str
    ) -> Iterator[tuple[tuple[str, str], tuple[bytes, ...]]]:
        """For each pair of trees, git's raw differences under ``folders``: facts, path, and again.

        The pairs come back in the order given.

        Raises:
            Refusal: a tree is missing or damaged; git itself passes over it.
        """
        wanted = tuple(pairs)
        given = "".join(f"{before} {after}\n" for before, after in wanted).encode()
        fixed = ("-r", "-z", "--raw", "--no-renames", "--no-ext-diff", "--no-textconv")
        parts = self._parts("diff-tree", "--stdin", *fixed, "--", *folders, given=given)
        awaited = iter(wanted)
        pair: tuple[str, str] | None = None
        rows: list[bytes] = []
        for part in parts:
            # A heading, "tree tree", ends in a line feed, and so is stuck to what comes after it.
            *headings, row = part.split(b"\n")
            for heading in headings:
                if pair is not None:
                    yield pair, tuple(rows)
                pair, rows = next(awaited, None), []
                if pair is not None and heading != f"{pair[0]} {pair[1]}".encode():
                    raise damaged(pair[1])
            if row:
                rows += (row, next(parts))
        if pair is not None:
            yield pair, tuple(rows)
        for _, after in awaited:
            raise damaged(after)

    def files_of(self, revision: str, paths: Iterable[str]) -> dict[str, bytes]:
        """Those of ``paths`` that are files at the commit that ``revision`` names now, by path.

        One process answers, whatever the size of the commit: for a file or two out of thousands.

        Raises:
            Refusal: there is no such commit, or a file of it is damaged.
        """
        wanted = [path for path in paths if "\n" not in path and "\0" not in path]
        commit = self.resolve(revision)
        given = "".join(f"{commit}:{path}\n" for path in wanted).encode()
        found: dict[str, bytes] = {}
        output = BytesIO(self.run("cat-file", "--batch", "--buffer", given=given))
        for path in wanted:
            header = output.readline()
            if match := _HEADER.fullmatch(header.rstrip(b"\n")):
                kind = match[2].decode()
                data = self._verified(output, match[1].decode(), kind, int(match[3]))
                if kind == "blob":
                    found[path] = data
        return found

    def line_versions(self, revision: str, paths: Iterable[str]) -> Iterator[tuple[int, str, str]]:
        """Place, path and blob of each version that the first-parent line brought, the oldest first.

        ``paths`` are files or folders; the places are those of the commits among those that touched them.
        """
        fixed = ("--first-parent", "-m", "--reverse", "--raw", "--no-abbrev", "--no-renames")
        given = "".join(f"{line}\n" for line in (self.resolve(revision), "--", *paths)).encode()
        place = 0
        for row in self.run(
            "log", *fixed, "--format=tformat:.", "--stdin", given=given
        ).splitlines():
            if row == b".":
                place += 1
            elif row.startswith(b":"):
                facts, path = row.split(b"\t", 1)
                _, mode, _, blob, _ = facts.decode().split(" ")
                if mode.startswith("100"):
                    yield place, shown_path(path), blob

    def holding(self, revision: str, words: Iterable[str], folder: str) -> set[str]:
        """The files under a folder that hold one of some words, at the commit that ``revision`` names now.

        Raises:
            Refusal: there is no such commit, or a file of it cannot be read.
        """
        commit = self.resolve(revision)
        given = (part for word in words for part in ("-e", word))
        fixed = (
            *("grep", "-lzF", "--text", "--no-color", "--no-recurse-submodules"),
            *("--threads", "1"),  # more take more time in all
        )
        code, printed, complaint = self._run((*fixed, *given, commit, "--", folder), b"")
        if code > 1:
            raise failure(complaint)
        rows = printed.removesuffix(b"\0").split(b"\0") if printed else []
        return {shown_path(row.removeprefix(f"{commit}:".encode())) for row in rows}

    def objects(self, ids: Iterable[str], kind: str) -> Iterator[tuple[str, bytes]]:
        """Id and bytes of each object, in the order given; the bytes are what the id says.

        Raises:
            Refusal: one is missing, of another kind, or damaged.
        """
        wanted = tuple(ids)
        if not wanted:
            return
        given = "".join(f"{object_id}\n" for object_id in wanted).encode()
        with self._streamed("cat-file", "--batch", "--buffer", given=given) as output:
            for object_id in wanted:
                header, start = output.readline(), f"{object_id} {kind} ".encode()
                if not header.startswith(start):
                    raise damaged(object_id)
                yield object_id, self._verified(output, object_id, kind, int(header[len(start) :]))

    def _verified(self, output: IO[bytes], wanted: str, kind: str, size: int) -> bytes:
        """The bytes behind a header, which are what its id says."""
        data = output.read(size + 1)[:size]
        if self._digest(b"%b %d\0%b" % (kind.encode(), size, data)) != wanted:
            raise damaged(wanted)
        return data

    def _digest(self, content: bytes) -> str:
        return self._hashed(content, usedforsecurity=False).hexdigest()

    @cached_property
    def _hashed(self) -> Callable[..., hashlib._Hash]:
        # To look it up by its name takes as long as to make it of a small object.
        found: Callable[..., hashlib._Hash] = getattr(hashlib, self.object_format)
        return found

    def _parts(self, *arguments: str, given: bytes) -> Iterator[bytes]:
        """What a command prints, cut at each NUL, while it goes on printing."""
        with self._streamed(*arguments, given=given) as output:
            rest = b""
            while read := output.read(_AT_ONCE):
                *whole, rest = (rest + read).split(b"\0")
                yield from whole
            yield rest

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """What the command prints; raises :class:`Refusal` where it fails."""
        code, printed, complaint = self._run(arguments, given)
        if code:
            raise failure(complaint)
        return printed

    def _run(self, arguments: tuple[str, ...], given: bytes) -> tuple[int, bytes, str]:
        self.processes += 1
        try:
            done = subprocess.run(
                self._command(arguments),
                input=given,
                capture_output=True,
                env=self._environment,
                check=False,
            )
        except FileNotFoundError:
            raise no_git() from None
        return done.returncode, done.stdout, done.stderr.decode(errors="replace").strip()

    @contextmanager
    def _streamed(self, *arguments: str, given: bytes) -> Iterator[IO[bytes]]:
        """The output of a command as it comes, fed from a thread: neither side can block.

        Raises:
            Refusal: the command failed, though all that it printed was taken.
        """
        import tempfile
        import threading

        self.processes += 1
        with tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen(
                self._command(arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=self._environment,
            )
            with process:
                feeder = threading.Thread(target=_feed, args=(process.stdin, given), daemon=True)
                feeder.start()
                try:
                    yield process.stdout  # type: ignore[misc]  # it is a pipe
                    process.wait()
                finally:
                    process.kill()
                    feeder.join()
            if process.returncode:
                complaints.seek(0)
                raise failure(complaints.read().decode(errors="replace").strip())

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return ["git", *OPTIONS, "-C", str(self._folder), *arguments]

    def _found(self) -> tuple[str, str, str, str, str]:
        """Object format, whether bare, the common folder, the way to the top, what replaces objects."""
        if not self.root.is_dir():
            raise Refusal(
                N_("There is no folder “{path}”."), exit_code=Exit.USAGE, path=str(self.root)
            )
        arguments = (
            *("rev-parse", "--show-object-format", "--is-bare-repository"),
            *("--path-format=absolute", "--git-common-dir", "--show-cdup"),
            "--glob=refs/replace/*",
        )
        code, printed, complaint = self._run(arguments, b"")
        if code and "dubious ownership" in complaint:
            # Only the user's own settings can say that another owner's repository is to be trusted.
            for name in _USER_SETTINGS:
                self._environment.pop(name)
            code, printed, complaint = self._run(arguments, b"")
        if code:
            raise failure(complaint, path=str(self.root))
        lines = os.fsdecode(printed).split("\n")
        if lines[0].startswith("--") or any(line.startswith("--path-format") for line in lines):
            raise Refusal(
                N_("This git is too old."), mend=N_("Install git 2.31 or later (git --version).")
            )
        _, bare, common, *rest = lines
        way = rest.pop(0) if bare != "true" else ""  # which a bare repository does not print
        return lines[0], bare, common, way, "".join(rest)


def shown_path(raw: bytes) -> str:
    r"""A path as text; what is not UTF-8 becomes ``\xNN``, so that it can always be printed."""
    return raw.decode(errors="backslashreplace")


def _feed(stream: IO[bytes], given: bytes) -> None:
    """Write all of it; a process that has ended early is told apart by what it printed."""
    with suppress(OSError), stream:
        stream.write(given)
