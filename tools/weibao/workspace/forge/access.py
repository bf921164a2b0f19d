"""A token that lets git in at one server, and that no file and no command line ever holds."""

from __future__ import annotations

from base64 import b64encode


def access_by_token(server: str, user: str, token: str) -> dict[str, str]:
    """What git's environment needs to send ``token`` to ``server`` (``https://forge.example``), and to no other.

    A header that a checkout has left in the clone's own settings is taken back first: two of them
    are refused.
    """
    key = f"http.{server.rstrip('/')}/.extraHeader"
    basic = b64encode(f"{user}:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": key,
        "GIT_CONFIG_VALUE_0": "",
        "GIT_CONFIG_KEY_1": key,
        "GIT_CONFIG_VALUE_1": f"Authorization: Basic {basic}",
        "GIT_TERMINAL_PROMPT": "0",
    }
