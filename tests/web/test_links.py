from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dragoman.web import links


@pytest.mark.parametrize(
    "text", ["a/b", "50%", "%2F", "..", ".", "x.json", "Ü ?&#", "a b", "<script>", "‮", "x.svg", "a~2Fb", "back\\slash"]
)
def test_links_segment_survives_the_address(client: TestClient, text: str) -> None:
    """The page gets the name as it was, and no other page answers."""
    answer = client.get(f"/dyad/PRK/{links.segment(text)}.json")
    assert answer.status_code == 404
    assert f"'{text}'" in answer.json()["error"]["message"]


def test_links_with_query_leaves_out_what_is_not_asked() -> None:
    assert links.with_query("/x", a=None, b="", c=False, d=0, e=("1", "2"), f=True) == "/x?d=0&e=1&e=2&f=1"


def test_links_changed_goes_back_to_the_first_page() -> None:
    assert links.changed("/x", {"page": 3, "type": ("AID",)}, since="2024") == "/x?type=AID&since=2024"
