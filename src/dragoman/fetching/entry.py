"""What a feed, a sitemap or a listing page says of one article: its address and, if known, title and days."""

from __future__ import annotations

from dataclasses import dataclass

MOST: int = 5_000  # entries of one feed or listing; real feeds have ten to a thousand
MOST_MAPPED: int = 50_000  # addresses in one sitemap, the most that sitemaps may have


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article to be fetched. `url` is normalised; `published` and `updated` are ISO times or days, as given."""

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None

    @property
    def newest(self) -> str:
        """The latest day or time that is known, to sort by; '' when none is."""
        return max(self.published or "", self.updated or "")


def distinct(entries: list[Entry]) -> list[Entry]:
    """The entries, each address once: the first."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.url, entry)
    return list(found.values())
