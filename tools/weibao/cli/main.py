"""The command itself."""


def main() -> None:
    """Run."""
