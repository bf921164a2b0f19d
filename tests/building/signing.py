"""Real keys that sign commits, made by ssh-keygen and gpg for one test run."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from building.repository import clean_environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class SigningKey:
    """A key, as git is told of it; ``public`` is what the repository keeps of it."""

    public: str
    settings: Mapping[str, str]
    home: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What makes git sign with it."""
        found = {"GIT_CONFIG_COUNT": str(len(self.settings))}
        for number, (key, value) in enumerate(self.settings.items()):
            found |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        return found | ({"GNUPGHOME": self.home} if self.home else {})


def ssh_key(folder: Path, name: str, kind: str = "ed25519") -> SigningKey:
    """An SSH key; ``public`` is type and key, as a line of allowed_signers ends."""
    file = folder / name
    _run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", name, "-f", str(file))
    kind_and_key = file.with_suffix(".pub").read_text(encoding="utf-8").split()[:2]
    return SigningKey(" ".join(kind_and_key), {"gpg.format": "ssh", "user.signingkey": str(file)})


def openpgp_key(folder: Path, address: str, made: str, *more: str) -> SigningKey:
    """An OpenPGP key ``made`` (RFC 3339, UTC) that expires never, or as ``more`` says to gpg.

    It signs as if it were always that time, so that a test needs no clock.
    """
    folder.mkdir(mode=0o700)
    home = {"GNUPGHOME": str(folder)}
    time = made.replace("-", "").replace(":", "").removesuffix("Z")
    options = ("--batch", "--quiet", "--faked-system-time", time, "--passphrase", "")
    _run("gpg", *options, "--quick-gen-key", address, "ed25519", "sign", *more, environment=home)
    public = _run("gpg", *options, "--armor", "--export", address, environment=home)
    program = folder / "gpg-then"
    program.write_bytes(f'#!/bin/sh\nexec gpg --faked-system-time {time} "$@"\n'.encode())
    program.chmod(0o755)
    settings = {"gpg.program": str(program), "user.signingkey": address}
    return SigningKey(public, settings, str(folder))


def _run(*command: str, environment: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command,
        env=clean_environment() | (environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()
