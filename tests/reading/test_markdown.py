import pytest

from dragoman.errors import InputError
from dragoman.reading.markdown import read_markdown

BODY = "\n# Ministers sign pact\r\n\nThe ministers met. \n"


def test_markdown_reads_front_matter_and_leaves_the_body_unchanged() -> None:
    matter = "---\ntitle: 'A: pact'\npublisher: Northern Wire\npublished: 2024-03-12\nid: 7\ntags: [a, b]\nurl:\n---\n"
    raw = read_markdown((matter + BODY).encode(), "a.md")
    assert (raw.title, raw.publisher, raw.published, raw.id, raw.url) == (
        "A: pact", "Northern Wire", "2024-03-12", "7", None,
    )  # fmt: skip
    assert raw.text == BODY


@pytest.mark.parametrize("text", [BODY, "---\n" + BODY, "Words\n---\ntitle: x\n---\n"])
def test_markdown_without_front_matter_is_all_body(text: str) -> None:
    assert read_markdown(text.encode(), "a.md").text == text


@pytest.mark.parametrize(
    ("matter", "line", "field"),
    [
        ("title: [a", 3, None),
        ("title: a\n  b: c: d", 3, None),
        ("just words", 1, None),
        ("titel: a", None, "titel"),
        ("title: [a]", None, "title"),
        ("published: Monday", None, "published"),
        ("text: a", None, "text"),
    ],
)
def test_markdown_names_what_is_wrong_in_front_matter(matter: str, line: int | None, field: str | None) -> None:
    with pytest.raises(InputError) as caught:
        read_markdown(f"---\n{matter}\n---\nText".encode(), "a.md")
    assert (caught.value.line, caught.value.field) == (line, field)
