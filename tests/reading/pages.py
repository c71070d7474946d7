"""Pages written by us in the manner of sites that give readers trouble."""

from __future__ import annotations

FILLER = (
    "The talks were held in a government guesthouse outside the capital and went on until late in the evening. "
    "Officials of both sides said that they had been useful, and that the work would be continued by experts in "
    "the coming weeks."
)


def article(title: str, sentence: str, day: str | None = "2024-08-01") -> str:
    """A plain, sound page."""
    dated = f'<meta property="article:published_time" content="{day}T09:00:00Z">' if day else ""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{dated}</head>'
        f"<body><article><h1>{title}</h1><p>{sentence}</p><p>{FILLER}</p></article></body></html>"
    )


def broken_agency(title: str, sentence: str) -> str:
    """A state agency's page: tables for layout, font elements, nothing closed, no day anywhere."""
    return (
        f"<HTML><HEAD><TITLE>{title}</TITLE><BODY BGCOLOR=#FFFFFF><TABLE WIDTH=980><TR><TD>"
        f"<A HREF=/index.php>Home<A HREF=/news>News<TR><TD><TABLE><TR><TD><FONT SIZE=5><B>{title}</FONT><BR><BR>"
        f"<DIV CLASS=cont><P>{sentence}<P>{FILLER}<P>{FILLER}<TR><TD ALIGN=center>All rights reserved.</HTML>"
    )


def with_todays_date(title: str, sentence: str, today: str) -> str:
    """A page whose only date is that of the day on which it is looked at."""
    return article(title, sentence, day=today)


def mixed_encodings(title: str, sentence: str) -> bytes:
    """UTF-8 with a paragraph pasted in from Windows, and a header that says a third thing."""
    page = article(title, sentence).replace('charset="utf-8"', 'charset="iso-8859-1"')
    head, tail = page.split("</article>")
    return head.encode() + "<p>The minister’s “guest” said so too.</p>".encode("cp1252") + f"</article>{tail}".encode()
