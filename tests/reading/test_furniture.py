import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.furniture import find_furniture

NEWS = "The two ministers met on Monday.\nThey agreed on the border, the ministry said."


def stretches(text: str, **given: object) -> list[tuple[str, str]]:
    found = find_furniture(text, **given)  # type: ignore[arg-type]
    return [(piece.kind, text[piece.start : piece.end]) for piece in found.furniture]


def test_furniture_of_a_reprinted_article() -> None:
    text = (
        "Follow our Telegram channel for more!\n\n"
        "Ministers sign pact on border trade\n\n"
        "The ministers at the port of Oslo, March 12, 2024. (Foreign Ministry/Released)\n"
        "March 14, 2024\n\n"
        "This article was originally published by Northern Wire and is reprinted with permission.\n\n"
        f"OSLO, March 12 (Reuters) - {NEWS} -0-\n"
    )
    assert stretches(text) == [
        ("subscribe", "Follow our Telegram channel for more!"),
        ("headline", "Ministers sign pact on border trade"),
        ("caption", "The ministers at the port of Oslo, March 12, 2024."),
        ("credit", "(Foreign Ministry/Released)"),
        ("date", "March 14, 2024"),
        ("reprint", "This article was originally published by Northern Wire and is reprinted with permission."),
        ("dateline", "OSLO, March 12 (Reuters) -"),
        ("end", "-0-"),
    ]
    found = find_furniture(text)
    assert found.headline == "Ministers sign pact on border trade"
    assert found.published == "2024-03-14"
    assert found.reprint_of == "Northern Wire"


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to our newsletter",
        "READ MORE: The envoy leaves Oslo",
        "Sign up here for the morning briefing",
        "Related: The envoy leaves Oslo",
        "Read the rest here.",
        "Share this on Facebook",
        "ADVERTISEMENT",
    ],
)
def test_furniture_takes_calls_to_subscribe(line: str) -> None:
    assert stretches(f"{NEWS}\n{line}") == [("subscribe", line)]


@pytest.mark.parametrize(
    "line",
    [
        "Follow the money, the minister said.",
        "Join us in condemning the attack, the minister said.",
        "See also the report of the panel on the matter.",
        "Listen to what he said, the minister told reporters.",
        "Share prices fell on Monday.",
        "Related companies were put under sanctions.",
    ],
)
def test_furniture_leaves_sentences_that_begin_like_calls(line: str) -> None:
    assert stretches(f"{NEWS}\n{line}") == []


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("First published by The Northern Wire", "The Northern Wire"),
        ("This story was originally published by Northern Wire on October 3, 2023.", "Northern Wire"),
        ("This article is republished from Northern Wire under a Creative Commons license.", "Northern Wire"),
        ("(This report first appeared in the Northern Wire.)", "Northern Wire"),
        ("The post Ministers sign pact appeared first on Northern Wire.", "Northern Wire"),
        ("Copyright © 2023. Used with the permission of Northern Wire, 1 High Street, Oslo", "Northern Wire"),
        ("This article is reprinted with permission.", None),
    ],
)
def test_furniture_takes_reprint_notices(line: str, outlet: str | None) -> None:
    text = f"{NEWS}\n{line}"
    assert [kind for kind, _ in stretches(text)] == ["reprint"]
    assert find_furniture(text).reprint_of == outlet


@pytest.mark.parametrize(
    "line",
    [
        "First published in 1994, the book describes the war.",
        "First published in Moscow in 1994, the book describes the war.",
        "This report was published by the ministry on Monday, and it accuses Moscow of lying.",
        "The article was first published by the ministry and caused a stir, the envoy said.",
    ],
)
def test_furniture_leaves_news_of_publications(line: str) -> None:
    assert stretches(f"{NEWS}\n{line}") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("FILE PHOTO: The two leaders shake hands in Oslo.", ["caption"]),
        ("In this photo released by the ministry, the envoy arrives. (Ministry/Press via AP)", ["caption", "credit"]),
        ("The envoy arrives in Oslo, Sept. 13, 2023. Sputnik/Ivan Petrov/Pool via REUTERS", ["caption", "credit"]),
        ("The envoy (L) arrives in Oslo on Monday. (Yonhap)", ["caption", "credit"]),
        ("The envoy arrived in Oslo on Monday, he said. (Yonhap)", ["credit"]),
        ("Photo by Ivan Petrov", ["credit"]),
        ("Reporting by Anna Field; Editing by Ivan Petrov", ["credit"]),
        ("© 2023 Northern Wire. All rights reserved.", ["credit"]),
        ("The poll asked 1,000 adults (Reuters/Ipsos).", []),
        ("Both may bring guests (wives and/or children).", []),
        ("Sources: The ministry and the embassy said on Monday that talks broke down.", []),
    ],
)  # fmt: skip
def test_furniture_takes_captions_and_credits(line: str, expected: list[str]) -> None:
    assert [kind for kind, _ in stretches(f"{NEWS}\n{line}\n{NEWS}")] == expected


@pytest.mark.parametrize("mark", ["-0-", "ENDS", "###", "# # #", "(END)", "- End -", "-30-"])
def test_furniture_takes_end_marks_on_a_line(mark: str) -> None:
    assert stretches(f"{NEWS}\n{mark}\n") == [("end", mark)]


@pytest.mark.parametrize("mark", ["-0-", "(END)", "# # #"])
def test_furniture_takes_end_marks_after_the_last_sentence(mark: str) -> None:
    assert stretches(f"{NEWS}\xa0{mark}") == [("end", mark)]


@pytest.mark.parametrize("line", ["The war will not end", "Vote ended 3-0-1", "It was the end."])
def test_furniture_leaves_ends_that_are_words(line: str) -> None:
    assert stretches(f"{NEWS}\n{line}") == []


@pytest.mark.parametrize(
    "line",
    [
        "Ministers sign pact on border trade",
        "Will the pact hold?",
        "Ministers Sign Pact on Border Trade.",
        "‘A good day’: ministers sign pact",
    ],
)
def test_furniture_takes_headlines(line: str) -> None:
    assert stretches(f"{line}\n\n{NEWS}") == [("headline", line)]


@pytest.mark.parametrize(
    "line",
    [
        "The minister signed the pact in Oslo.",
        "The minister made these points:",
        "- Ministers sign pact",
        "Ministers sign " + "a very long pact " * 20,
    ],
)
def test_furniture_leaves_first_lines_that_are_news(line: str) -> None:
    assert stretches(f"{line}\n{NEWS}") == []


def test_furniture_leaves_a_text_of_one_line() -> None:
    assert stretches("Ministers sign pact on border trade") == []


def test_furniture_knows_the_title_that_the_input_gives() -> None:
    text = f"The minister signed the pact in Oslo.\n{NEWS}"
    assert stretches(text, title="The Minister signed the pact in Oslo") == [("headline", text.split("\n")[0])]


def test_furniture_leaves_title_case_sentences_where_a_title_is_given() -> None:
    assert stretches(f"Ministers Sign Pact on Border Trade.\n{NEWS}", title="A pact") == []


@pytest.mark.parametrize(
    ("line", "day"), [("By Anna Field", None), ("By Anna Field and Ivan Petrov | October 21, 2023", "2023-10-21")]
)
def test_furniture_takes_bylines(line: str, day: str | None) -> None:
    text = f"Ministers sign pact\n{line}\n{NEWS}"
    assert stretches(text)[1:] == [("credit", line)]
    assert find_furniture(text).published == day


def test_furniture_leaves_sentences_that_begin_with_by() -> None:
    assert stretches(f"By Thursday the talks had ended.\n{NEWS}") == []


def test_furniture_of_markdown() -> None:
    text = f"# Ministers sign pact\n\n![The envoy arrives in Oslo.](oslo.jpg)\n\n{NEWS}"
    assert stretches(text, markdown=True) == [
        ("headline", "# Ministers sign pact"),
        ("credit", "!["),
        ("caption", "The envoy arrives in Oslo."),
        ("credit", "](oslo.jpg)"),
    ]
    assert find_furniture(text, markdown=True).headline == "Ministers sign pact"


def test_furniture_takes_captions_that_the_format_marks() -> None:
    line = "The envoy arrives in Oslo."
    assert stretches(f"{NEWS}\n{line}", captions=[line]) == [("caption", line)]


LINES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["OSLO – News", "Photo: X", "ENDS", "He said so. (A/B)", "Read more", "# A", "![a](b)", "By Anna Field", "-0-"]
    ),
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", " "]), st.booleans())
def test_furniture_is_in_order_apart_and_inside_the_text(lines: list[str], end: str, markdown: bool) -> None:
    text = end.join(lines)
    at = 0
    for piece in find_furniture(text, title=lines[0] if lines else None, markdown=markdown).furniture:
        assert at <= piece.start < piece.end <= len(text)
        at = piece.end
