"""Pictures are fetched from the forge's own host, and from the hosts that it is known to keep them at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from building.forge_server import TOKEN, a_forge
from hostile.threats import Ending, caught
from weibao.refusal import UsageRefusal
from weibao.workspace.forge.downloads import fetched_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from building.forge_server import FakeForge

LIMIT = 1024
NOT_HAD = re.compile(r"is no host of this forge's|no answer is to be had")
FILE = "/attachments/a"


@pytest.fixture
def forge() -> Iterator[FakeForge]:
    with a_forge("gitea") as server:
        yield server


@pytest.fixture
def store() -> Iterator[FakeForge]:
    with a_forge("gitea") as server:
        yield server


def host(server: FakeForge) -> str:
    return server.url.partition("://")[2]


def test_a_picture_is_fetched_with_the_token_up_to_the_limit(forge: FakeForge) -> None:
    forge.files[FILE] = bytes(LIMIT)
    assert fetched_picture(forge.url + FILE, TOKEN, LIMIT) == bytes(LIMIT)
    assert forge.asked == [("GET", FILE, f"Bearer {TOKEN}")]
    forge.files[FILE] = bytes(LIMIT + 1)
    with pytest.raises(UsageRefusal, match="is larger than"):
        fetched_picture(forge.url + FILE, TOKEN, LIMIT)


def test_where_the_forge_keeps_it_elsewhere_the_token_does_not_go_along(
    forge: FakeForge, store: FakeForge
) -> None:
    forge.files[FILE], store.files["/b"] = f"{store.url}/b?signed=1", b"picture"
    kept_at = frozenset({host(store)})
    assert fetched_picture(forge.url + FILE, TOKEN, LIMIT, kept_at) == b"picture"
    assert store.asked == [("GET", "/b", "")]


def test_within_the_forge_a_redirection_is_followed(forge: FakeForge) -> None:
    forge.files[FILE], forge.files["/b"] = "/b", b"picture"
    assert fetched_picture(forge.url + FILE, TOKEN, LIMIT, frozenset()) == b"picture"


@pytest.mark.parametrize(
    "where", ["//{store}/b", "http://{store}/b", "http://{store}@x.example/b", "http://[{store}/b"]
)
def test_to_any_other_host_nobody_is_sent(forge: FakeForge, store: FakeForge, where: str) -> None:
    forge.files[FILE] = where.format(store=host(store))
    with pytest.raises(UsageRefusal, match=NOT_HAD):
        fetched_picture(
            forge.url + FILE, TOKEN, LIMIT, frozenset({"objects.githubusercontent.com"})
        )
    assert store.asked == []
    caught("picture from elsewhere", Ending.REFUSED)


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://localhost/a", "https://localhost/a"]
)
def test_nobody_is_sent_to_another_way_of_speaking(forge: FakeForge, where: str) -> None:
    forge.files[FILE] = where
    with pytest.raises(UsageRefusal, match=NOT_HAD):
        fetched_picture(forge.url + FILE, TOKEN, LIMIT, frozenset({"localhost", ""}))


@pytest.mark.parametrize("code", [401, 404, 500])
def test_what_the_forge_does_not_hand_out_is_told_by_its_code(forge: FakeForge, code: int) -> None:
    forge.files[FILE] = code
    with pytest.raises(UsageRefusal, match=f"it says {code}"):
        fetched_picture(forge.url + FILE, TOKEN, LIMIT)


def test_a_circle_ends(forge: FakeForge) -> None:
    forge.files[FILE] = FILE
    with pytest.raises(UsageRefusal, match="on and on"):
        fetched_picture(forge.url + FILE, TOKEN, LIMIT)
    assert len(forge.asked) == 3


def test_where_nobody_answers_it_is_said() -> None:
    with a_forge("gitea") as gone:
        address = gone.url + FILE
    with pytest.raises(UsageRefusal, match="no answer is to be had"):
        fetched_picture(address, TOKEN, LIMIT)
