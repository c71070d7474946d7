"""When it happened: the step that writes the date of every candidate for which the text tells one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from dragoman.coding.dates.attach import SPOKEN, Time, dating, reference_day, times_of
from dragoman.coding.dates.interval import Interval
from dragoman.coding.dates.links import counted_from, ended_by, event_date, narrated, same_event, told_of, told_on
from dragoman.coding.dates.newsday import basis, news_dates
from dragoman.coding.dates.sayings import days_of_saying, from_their_day, says_now, spoken
from dragoman.coding.dates.scenes import told_in_scene
from dragoman.coding.draft import Candidate, Draft, Sentence

# An agency's way to bring out a text of somebody else's: it is published on the day of its announcement.
STATEMENT = re.compile(
    r"\b(?:released|issued|made\s+public|published)\b[^.]*\bthe\s+following\s+(?:\w+\s+){0,2}"
    r"(?:statement|article|report|commentary|notice|message|answer|letter)\b"
)
LEAD = 3


class DateStep:
    """The step that writes `date` of candidates; reads their sentences, types, states and statuses.

    1. each candidate takes the time that its own sentence attaches to it;
    2. sentences of a statement that the agency announces as such take the day of the announcement, other acts in words
       that of their saying;
    3. mentions of one meeting, and acts told one after the other, share their date;
    4. what the first sentence tells as just done or going on takes the day of writing, which its basis says;
    5. the rest stay undated: the day of publication is not the day of the event.
    """

    def __call__(self, draft: Draft) -> None:
        """Date the candidates of news and captions; a caption's date is for the caption only."""
        reference = reference_day(draft)
        captions = sorted({s.paragraph for s in draft.sentences if s.furniture == "caption"})
        self._date(draft, [s for s in draft.sentences if s.paragraph not in captions], reference)
        for paragraph in captions:
            self._date(draft, [s for s in draft.sentences if s.paragraph == paragraph], reference)

    def _date(self, draft: Draft, sentences: list[Sentence], reference: date | None) -> None:
        indices = {s.index for s in sentences}
        candidates = [c for c in draft.candidates if c.sentence.index in indices]
        times = from_their_day(draft, times_of(draft, sentences, reference))
        taken = self._direct(candidates, times)
        self._statement(draft, sentences, [c for c in candidates if id(c) not in taken], times, reference)
        open_ = [c for c in candidates if c.date is not None or id(c) not in taken]
        for number, time in spoken(draft, open_, days_of_saying(draft, times)).items():
            if time.interval is not None:
                open_[number].date = event_date(time.interval, time.found.text)
        for number, found in told_of(open_, times).items():
            open_[number].date = found
        for number, found in told_in_scene(draft, open_, times).items():
            open_[number].date = found
        for link in (same_event, narrated):
            for number, found in link(open_).items():
                open_[number].date = found
        for number, found in told_on(open_, times).items():
            open_[number].date = found
        for number, found in news_dates(draft, sentences, open_, times).items():
            open_[number].date = found
        for from_main in (counted_from, ended_by):
            for number, found in from_main(candidates, times).items():
                candidates[number].date = found

    def _direct(self, candidates: list[Candidate], times: list[Time]) -> set[int]:
        """Date what its own sentence dates; gives the ids of candidates with a time of their own, known or not."""
        taken: set[int] = set()
        for candidate in candidates:
            index = candidate.sentence.index
            here = [t for t in times if t.sentence.index == index]
            triggers = frozenset(c.trigger.i for c in candidates if c.sentence.index == index)
            time = dating(candidate, here, triggers) if here else None
            if time is not None:
                taken.add(id(candidate))
                candidate.date = event_date(time.interval, time.found.text) if time.interval else None
        return taken

    def _statement(
        self,
        draft: Draft,
        sentences: list[Sentence],
        candidates: Iterable[Candidate],
        times: list[Time],
        reference: date | None,
    ) -> None:
        for lead in sentences[:LEAD]:
            match = STATEMENT.search(draft.article.text[lead.start : lead.end])
            if match is None:
                continue
            announced = _announcement(lead, match.span(), times)
            day = Interval(reference, reference, "day") if reference else None
            given = event_date(announced.interval, announced.found.text) if announced and announced.interval else None
            issued = given or (event_date(day, None, basis(draft)) if day else None)
            for candidate in candidates:
                if candidate.start > lead.end and candidate.type in SPOKEN and says_now(candidate.trigger):
                    candidate.date = issued
            return


def _announcement(lead: Sentence, span: tuple[int, int], times: list[Time]) -> Time | None:
    """The time in the announcing words themselves, or right before them."""
    here = [t for t in times if t.sentence.index == lead.index and t.found.kind in ("day", "weekday")]
    return min(here, key=lambda t: abs(t.found.start - span[0]), default=None)
