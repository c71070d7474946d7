"""Mailboxes and messages, written here by hand: what becomes of each, and what a bad one costs."""

from __future__ import annotations

import base64
import io
import quopri
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Article, Problem
from dragoman.reading import read
from dragoman.reading.mailbox import is_mail, read_mailbox
from dragoman.reading.raw import RawArticle
from dragoman.reading.sources import sniff
from tests.reading import pages

NEWS = "Japan urged China to act on Thursday. The two ministers met in Tokyo for an hour."
SECOND = "South Korea rejected the demand of the North on Friday, its spokesman said in Seoul."
PAGE = pages.article("Japan urges China to act", NEWS)
HEADERS = {
    "From": "Harbour Post <news@harbour.example>",
    "Subject": "Japan urges China",
    "Date": "Fri, 2 Aug 2024 23:30:00 +0900",
}


def mail(body: str | bytes, **fields: str) -> bytes:
    """A message; fields have '_' for '-', an empty one is left out."""
    given = HEADERS | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\n" for name, value in given.items() if value)
    return head.encode() + b"\n" + (body if isinstance(body, bytes) else body.encode())


def parts(*bodies: bytes, kind: str = "alternative", mark: str = "=_edge") -> dict[str, object]:
    """Body and Content-Type of a message of several parts."""
    body = b"".join(b"--" + mark.encode() + b"\n" + each + b"\n" for each in bodies) + f"--{mark}--\n".encode()
    return {"body": body, "Content_Type": f'multipart/{kind}; boundary="{mark}"'}


def part(body: str | bytes, kind: str = "text/plain; charset=utf-8", **fields: str) -> bytes:
    return mail(body, From="", Subject="", Date="", Content_Type=kind, **fields)


def box(*messages: bytes) -> bytes:
    return b"\n\n".join(b"From news@harbour.example Fri Aug  2 14:30:00 2024\n" + each for each in messages)


def found(data: bytes) -> tuple[list[RawArticle], list[Problem]]:
    results = list(read_mailbox(io.BytesIO(data), "a.mbox"))
    return [r for r in results if isinstance(r, RawArticle)], [r for r in results if isinstance(r, Problem)]


def only(data: bytes) -> RawArticle:
    (article,), problems = found(data)
    assert problems == []
    return article


def test_mailbox_makes_an_article_of_each_message() -> None:
    articles, problems = found(box(mail(NEWS), mail(SECOND, Subject="Re: [nk] Seoul rejects it")))
    assert problems == []
    assert [(a.line, a.title, a.publisher, a.published, a.text) for a in articles] == [
        (1, "Japan urges China", "Harbour Post", "2024-08-02", NEWS),
        (2, "Seoul rejects it", "Harbour Post", "2024-08-02", SECOND),
    ]


def test_mailbox_is_read_by_suffix_and_by_its_first_bytes(tmp_path: Path) -> None:
    for name, data in (("a.mbox", box(mail(NEWS))), ("b.eml", mail(SECOND)), ("c", mail(f"{NEWS} {SECOND}"))):
        (tmp_path / name).write_bytes(data)
    problems: list[Problem] = []
    articles: list[Article] = [*read([tmp_path / "a.mbox", tmp_path / "b.eml", tmp_path / "c"], report=problems.append)]
    assert [article.published for article in articles] == ["2024-08-02"] * 3
    assert problems == []


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"From a@b.example Fri Aug  2 14:30:00 2024\n", True),
        (b"Received: by x;\n\tFri\nFrom: A <a@b.example>\n", True),
        (b"From: A <a@b.example>\nSubject: x\n\n", True),
        (b"From Moscow came word of a visit in 2024.\n\nIt was", False),
        (b"From 2014 to 2022\n\nthe ministers met.", False),
        (b"From: Moscow\n\nThe minister arrived.", False),
        (b"Japan urged China to act.\n", False),
    ],
)
def test_mailbox_is_told_from_text(head: bytes, is_one: bool) -> None:
    assert is_mail(head) is is_one
    assert (sniff(head) == "mailbox") is is_one


@pytest.mark.parametrize(
    ("fields", "publisher"),
    [
        ({"From": '"The Harbour Post" <news@harbour.example>'}, "The Harbour Post"),
        ({"From": "=?utf-8?B?" + base64.b64encode("Zürcher Blatt".encode()).decode() + "?= <a@b.example>"},
         "Zürcher Blatt"),
        ({"From": "=?iso-8859-1?Q?La_Gazette_d=E9j=E0?= <a@b.example>"}, "La Gazette déjà"),
        ({"From": "Ann Lee via NK-List <list@b.example>", "List_Id": "NK-List <nk.b.example>",
          "List_Post": "<mailto:nk@b.example>"}, "NK-List"),
        ({"From": "Morning Brief <a@b.example>", "List_Id": "Campaign 77 <77.b.example>"}, "Morning Brief"),
        ({"From": "Morning Brief <a@b.example>", "List_Id": "Brief <b.example>", "List_Post": "NO"}, "Morning Brief"),
        ({"From": "news@harbour.example"}, None),
        ({"From": '"news@harbour.example" <news@harbour.example>'}, None),
        ({"From": ""}, None),
    ],
)  # fmt: skip
def test_mailbox_takes_names_and_no_addresses(fields: dict[str, str], publisher: str | None) -> None:
    article = only(box(mail(NEWS, **fields)))
    assert article.publisher == publisher
    assert "@" not in f"{article.publisher} {article.title} {article.url} {article.id}"


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Fri, 2 Aug 2024 23:30:00 +0900", "2024-08-02"),
        ("2 Aug 2024 01:00:00 GMT", "2024-08-02"),
        ("yesterday", None),
        ("Fri, 2 Aug 9999 23:30:00 +0900", None),
        ("Fri, 99 Aug 2024 23:30:00 +0900", None),
    ],
)
def test_mailbox_takes_the_day_of_the_sender(date: str, day: str | None) -> None:
    article = only(box(mail(NEWS, Date=date)))
    assert article.published == day
    assert bool(article.repairs) == (day is None)


def test_mailbox_takes_the_text_before_the_page() -> None:
    long = f"{NEWS} {SECOND} " * 3
    article = only(box(mail(**parts(part(long), part(PAGE, "text/html; charset=utf-8")))))  # type: ignore[arg-type]
    assert article.text == long.strip()


@pytest.mark.parametrize(
    "stub", ["", "Read this in your browser: https://news.example/a", "Your mail reader shows no HTML."]
)
def test_mailbox_takes_the_page_where_the_text_only_points_to_it(stub: str) -> None:
    bodies = [part(stub), part(PAGE, "text/html; charset=utf-8")]
    article = only(box(mail(**parts(*(bodies if stub else bodies[1:])))))  # type: ignore[arg-type]
    assert NEWS in article.text
    assert "browser" not in article.text


@pytest.mark.parametrize(
    ("data", "charset", "coding"),
    [
        (NEWS.encode(), "utf-8", "7bit"),
        (base64.encodebytes(NEWS.encode()), "utf-8", "base64"),
        (quopri.encodestring("Zürich – ".encode() + NEWS.encode()), "utf-8", "Quoted-Printable"),
        ("Zürich: ".encode("latin-1") + NEWS.encode(), "iso-8859-1", "8bit"),
        ("서울 ".encode("euc-kr") + NEWS.encode(), "euc-kr", "8bit"),
        (NEWS.encode(), "no-such-set", "8bit"),
    ],
)
def test_mailbox_unpacks_and_decodes(data: bytes, charset: str, coding: str) -> None:
    kind = f'text/plain; charset="{charset}"'
    article = only(box(mail(data, Content_Type=kind, Content_Transfer_Encoding=coding)))
    assert NEWS in article.text
    assert "\ufffd" not in article.text


def test_mailbox_puts_broken_lines_together_and_leaves_lists() -> None:
    wrapped = (
        "Japan urged China on Thursday to act against the smuggling of coal that\n"
        "goes on in the waters between them, its minister said in Tokyo.\n"
        "\n"
        "- The two ministers met for an hour in the morning and spoke of trade too\n"
        "- They meet again\n"
    )
    assert only(box(mail(wrapped))).text == (
        "Japan urged China on Thursday to act against the smuggling of coal that goes on in the waters between them,"
        " its minister said in Tokyo.\n\n"
        "- The two ministers met for an hour in the morning and spoke of trade too\n- They meet again"
    )
    flowed = "Japan urged \nChina to act.\n-- \nThe desk\n"
    assert only(box(mail(f"{SECOND}\n\n{flowed}", Content_Type="text/plain; format=flowed"))).text == (
        f"{SECOND}\n\nJapan urged China to act."
    )


def test_mailbox_leaves_out_what_is_cited_and_the_signature() -> None:
    reply = f"{SECOND}\n\nOn Thursday a reader wrote:\n> {NEWS}\n>> older\n\n-- \nAnn Lee\nThe desk\n"
    text = only(box(mail(reply))).text
    assert text == f"{SECOND}\n\nOn Thursday a reader wrote:"
    assert only(box(mail(f"> {NEWS}"))).text == f"> {NEWS}"


def test_mailbox_tells_what_was_attached() -> None:
    attached = part(b"JVBERi0=", 'application/pdf; name="report.pdf"', Content_Transfer_Encoding="base64",
                    Content_Disposition='attachment; filename="report.pdf"')  # fmt: skip
    article = only(box(mail(**parts(part(NEWS), attached, kind="mixed"))))  # type: ignore[arg-type]
    assert article.text == NEWS
    assert article.repairs == ("What was attached was not read: 'report.pdf'.",)


def test_mailbox_takes_messages_within_messages() -> None:
    digest = parts(b"\n" + mail(NEWS), b"\n" + mail(SECOND, Subject="Seoul rejects it"), kind="digest")
    articles, problems = found(box(mail(**digest)))  # type: ignore[arg-type]
    assert problems == []
    assert [(a.title, a.text) for a in articles] == [("Japan urges China", NEWS), ("Seoul rejects it", SECOND)]
    forwarded = parts(
        part("As asked, see below; it is of yesterday."), part(mail(NEWS), "message/rfc822"), kind="mixed"
    )
    assert [a.text for a in found(box(mail(**forwarded)))[0]][-1] == NEWS  # type: ignore[arg-type]


def test_mailbox_takes_a_digest_in_plain_text_apart() -> None:
    digest = (
        f"Today's topics:\n\n   1. Japan\n\n{'-' * 70}\n\n"
        "Date: Thu, 1 Aug 2024 09:00:00 +0000\nFrom: Ann <a@b.example>\n"
        f"Subject: Japan urges\n\n{NEWS}\n\n{'-' * 30}\n\nDate: Fri, 2 Aug 2024 09:00:00 +0000\n"
        f"From: Bo <b@b.example>\nSubject: Re: Seoul\n\n{SECOND}\n\n{'-' * 30}\n\nEnd of digest\n"
    )
    articles, _ = found(box(mail(digest, Subject="List Digest, Vol 7")))
    assert [(a.title, a.published, a.text) for a in articles] == [
        ("Japan urges", "2024-08-01", NEWS),
        ("Seoul", "2024-08-02", SECOND),
    ]


def test_mailbox_takes_the_address_of_the_message_in_an_archive() -> None:
    assert only(box(mail(NEWS, Archived_At="<https://lists.example/nk/7>"))).url == "https://lists.example/nk/7"
    assert only(box(mail(NEWS, Archived_At="<javascript:alert(1)>"))).url is None


def test_mailbox_keeps_lines_that_begin_like_a_message() -> None:
    text = f"{NEWS}\n>From here on it is quiet, the minister said.\nFrom Seoul came a protest in 2024"
    article = only(box(mail(text)))
    assert "From here on it is quiet" in article.text
    assert "From Seoul came a protest" in article.text


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"no headers at all\n\n" + NEWS.encode(), "no headers"),
        (mail(""), "no text"),
        (mail(NEWS, Content_Type="multipart/mixed"), "what stands between"),
        (mail(b"\x00\x01\x02" * 100, Content_Type="application/octet-stream"), "no text"),
        (mail(b"%PDF-1.7 " * 99, Content_Type="text/plain"), "a PDF"),
    ],
)
def test_mailbox_keeps_a_bad_message_aside_and_reads_on(bad: bytes, reason: str) -> None:
    articles, (problem,) = found(box(bad, mail(NEWS)))
    assert [(a.line, a.text) for a in articles] == [(2, NEWS)]
    assert reason in problem.reason
    assert (problem.kind, problem.line) == ("failed", 1)


def test_mailbox_tells_of_an_empty_one() -> None:
    assert "no message" in found(b"\n\n")[1][0].reason


def nested(depth: int, kind: str) -> bytes:
    inner = mail(NEWS)
    for level in range(depth):
        if kind == "message":
            inner = mail(inner, Content_Type="message/rfc822")
        else:
            inner = mail(**parts(inner, kind="mixed", mark=f"m{level}"))  # type: ignore[arg-type]
    return inner


@pytest.mark.parametrize("kind", ["message", "parts"])
def test_mailbox_refuses_bombs_of_nested_messages(kind: str) -> None:
    articles, problems = found(box(nested(4, kind)))
    assert [a.text for a in articles] == [NEWS]
    assert problems == []
    began = time.process_time()
    articles, (problem,) = found(box(nested(400, kind)))
    assert articles == []
    assert "nested" in problem.reason
    assert time.process_time() - began < 5


def test_mailbox_refuses_very_many_parts_and_large_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    many = parts(*[part(NEWS)] * 600, kind="mixed")
    assert "parts" in found(box(mail(**many)))[1][0].reason  # type: ignore[arg-type]
    monkeypatch.setattr("dragoman.reading.mailbox.MAX_FILE", 5_000)
    articles, (problem,) = found(box(mail("word " * 3_000), mail(NEWS)))
    assert "larger than 5,000 bytes" in problem.reason
    assert [a.line for a in articles] == [2]


WHOLE = box(
    mail(**parts(part(NEWS), part(PAGE, "text/html; charset=utf-8"))),  # type: ignore[arg-type]
    mail(base64.encodebytes(SECOND.encode()), Content_Type="text/plain; charset=utf-8",
         Content_Transfer_Encoding="base64", Subject="=?utf-8?Q?Seoul=20rejects?="),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_mailbox_takes_mutated_messages(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    for result in read_mailbox(io.BytesIO(cut), "a.mbox"):
        assert isinstance(result, (RawArticle, Problem))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=2_000))
def test_mailbox_takes_any_bytes(data: bytes) -> None:
    assert list(read_mailbox(io.BytesIO(data), "a.mbox"))


@pytest.mark.parametrize("line", ["From 2014 to 2022", "From news@harbour.example Fri Aug  2 14:30:00 2024"])
def test_mailbox_message_without_a_postmark_is_one_whatever_its_lines(line: str) -> None:
    assert SECOND in only(mail(f"{NEWS}\n\n{line}\n\n{SECOND}\n")).text


def test_mailbox_years_at_the_end_of_a_line_part_no_messages() -> None:
    articles, problems = found(box(mail(f"{NEWS}\n\nFrom 2014 to 2022\nnobody met."), mail(SECOND)))
    assert problems == []
    assert ["nobody met" in article.text for article in articles] == [True, False]


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain; name*1=b; name*=a; name*0=c",
        "text/plain; name*=utf-8%00'en'a",
        "text/plain; name*=\"\x00'en'a\"",
        "text/plain; " + "a=b; " * 30_000,
    ],
)
def test_mailbox_header_that_cannot_be_read_costs_one_message(kind: str) -> None:
    began = time.perf_counter()
    articles, problems = found(box(mail(NEWS, Content_Type=kind), mail(SECOND)))
    assert articles[-1].text == SECOND
    assert len(articles) + len(problems) == 2
    assert time.perf_counter() - began < 2


def test_mailbox_sender_of_nested_comments_is_nobody() -> None:
    assert only(mail(NEWS, From="(" * 1_900)).publisher is None
