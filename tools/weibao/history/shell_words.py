"""Names in commands that people copy into a shell."""

from __future__ import annotations

from shlex import quote


def shell_word(name: str) -> str:
    r"""The name as one word of a shell, on one line whatever is in it: ``$'a\nb'`` for a line end."""
    if name.isprintable():
        return quote(name)
    kept = (
        f"\\{character}"
        if character in "\\'"
        else character
        if character.isprintable()
        else "".join(f"\\x{byte:02x}" for byte in character.encode(errors="surrogateescape"))
        for character in name
    )
    return "$'{}'".format("".join(kept).replace("\\x0a", "\\n"))


def one_line(name: str) -> str:
    r"""The name with a line end as ``\n``, so that nowhere does what follows begin a line."""
    return name.replace("\n", "\\n")
