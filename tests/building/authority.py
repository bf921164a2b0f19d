"""A real time-stamping authority: openssl's, with certificates of its own, on this machine.

authority = Authority(tmp_path / "tsa")
answer = authority.answer(request)
with authority.serving() as url: ...
"""

from __future__ import annotations

import os
import subprocess
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SETTINGS = """\
[tsa]
default_tsa = one
[one]
serial = ./serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1, millisecs:500
ess_cert_id_alg = sha256
"""
ISSUING = """\
[ca]
default_ca = one
[one]
database = {by}.index
serial = {by}.serial
new_certs_dir = .
certificate = {by}.pem
private_key = {by}.key
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
"""
ROOT = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
STAMPING = "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n"
MAIL = "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,emailProtection\n"


class Authority:
    """An authority whose certificate comes from an intermediate, and that from a root of its own.

    ``usage`` are the extensions of its own certificate, which may be ``expired``.
    """

    def __init__(self, path: Path, *, usage: str = STAMPING, expired: bool = False) -> None:
        self.path = path
        path.mkdir(parents=True)
        (path / "tsa.cnf").write_text(SETTINGS, encoding="utf-8")
        (path / "serial").write_text("01\n", encoding="utf-8")
        self._key("root", "int", "tsa")
        self._openssl(
            *("req", "-x509", "-new", "-key", "root.key", "-subj", "/CN=Root of the test"),
            *("-days", "3650", "-out", "root.pem", "-config", self._empty()),
            *("-extensions", "ca"),
        )
        self._certify("int", "/CN=Intermediate of the test", by="root", usage=ROOT)
        self.certify_authority(usage=usage, expired=expired)

    def certify_authority(
        self, *, usage: str = STAMPING, expired: bool = False, serial: str = ""
    ) -> None:
        """Give the authority's key a certificate anew."""
        subject = "/CN=Authority of the test"
        self._certify("tsa", subject, by="int", usage=usage, expired=expired, serial=serial)

    def serial_of(self, name: str) -> str:
        """The serial number of a certificate, in hexadecimal."""
        said = self._openssl("x509", "-in", name, "-noout", "-serial")
        return said.decode().strip().partition("=")[2]

    @property
    def root(self) -> bytes:
        """The root, in PEM."""
        return (self.path / "root.pem").read_bytes()

    @property
    def intermediate(self) -> bytes:
        """The certificate between root and authority, in PEM."""
        return (self.path / "int.pem").read_bytes()

    @property
    def own(self) -> bytes:
        """The authority's own certificate, in PEM."""
        return (self.path / "tsa.pem").read_bytes()

    @property
    def chain(self) -> bytes:
        """What a repository keeps: the intermediate and the root."""
        return self.intermediate + self.root

    @property
    def fingerprint(self) -> str:
        """The root's SHA-256, as openssl computes it."""
        said = self._openssl("x509", "-in", "root.pem", "-noout", "-fingerprint", "-sha256")
        return said.decode().strip().rpartition("=")[2].replace(":", "").lower()

    def answer(self, request: bytes) -> bytes:
        """The answer to a request, in DER; a request that is none is refused in due form."""
        (self.path / "request.tsq").write_bytes(request)
        self._openssl(
            *("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "request.tsq"),
            *("-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "answer.tsr"),
        )
        return (self.path / "answer.tsr").read_bytes()

    def stamp(self, content: bytes, *options: str) -> bytes:
        """A stamp on these bytes, as ``openssl ts -query`` asks for one with these options."""
        (self.path / "content").write_bytes(content)
        asked = options or ("-sha256", "-cert")
        query = self._openssl("ts", "-query", "-data", "content", *asked)
        return self.answer(query)

    def believes(self, stamp: bytes, content: bytes) -> bool:
        """Whether openssl itself verifies the stamp."""
        (self.path / "stamp.tsr").write_bytes(stamp)
        (self.path / "content").write_bytes(content)
        done = subprocess.run(
            (
                *("openssl", "ts", "-verify", "-in", "stamp.tsr", "-data", "content"),
                *("-CAfile", "root.pem", "-untrusted", "int.pem"),
            ),
            cwd=self.path,
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    def _key(self, *names: str) -> None:
        for name in names:
            self._openssl(
                "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key"
            )

    def _certify(
        self,
        name: str,
        subject: str,
        *,
        by: str,
        usage: str,
        expired: bool = False,
        serial: str = "",
    ) -> None:
        """A certificate for a key; an expired one was valid in the first days of this century."""
        (self.path / f"{by}.ca.cnf").write_text(ISSUING.format(by=by), encoding="utf-8")
        (self.path / f"{name}.ext").write_text(usage, encoding="utf-8")
        (self.path / f"{by}.index").write_bytes(b"")
        number = serial or f"{len(list(self.path.glob('*.csr'))) + 16:02X}"
        (self.path / f"{by}.serial").write_text(f"{number}\n", encoding="utf-8")
        self._openssl(
            *("req", "-new", "-key", f"{name}.key", "-subj", subject, "-out", f"{name}.csr"),
            *("-config", self._empty()),
        )
        days = ("20000101000000Z", "20000105000000Z" if expired else "20991231000000Z")
        self._openssl(
            *("ca", "-batch", "-notext", "-config", f"{by}.ca.cnf", "-in", f"{name}.csr"),
            *("-extfile", f"{name}.ext", "-startdate", days[0], "-enddate", days[1]),
            *("-out", f"{name}.pem"),
        )

    def _empty(self) -> str:
        """Settings that take nothing from the machine's own."""
        text = f"[req]\ndistinguished_name = dn\n[dn]\n[ca]\n{ROOT}"
        (self.path / "empty.cnf").write_text(text, encoding="utf-8")
        return "empty.cnf"

    def _openssl(self, *arguments: str) -> bytes:
        environment = os.environ | {"OPENSSL_CONF": os.devnull}
        done = subprocess.run(
            ["openssl", *arguments],
            cwd=self.path,
            env=environment,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"openssl {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout


@dataclass
class Served:
    """What is said at an address: the answer to each request, its status and its headers."""

    answer: Callable[[bytes], bytes]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[bytes] = field(default_factory=list)
    types: list[str] = field(default_factory=list)


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """Answer at an address of this machine, in threads, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            served.requests.append(request)
            served.types.append(self.headers["Content-Type"])
            answer = served.answer(request)
            with suppress(ConnectionError):  # who asked may have given up
                self._send(answer)

        def _send(self, answer: bytes) -> None:
            self.send_response(served.status)
            headers = {"Content-Type": "application/timestamp-reply"} | served.headers
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def do_GET(self) -> None:
            self.send_error(405)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/tsr"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
