"""An incident in the making: the reports put together so far, and what they tell as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.analysis.incidents.told import Contact, People, Told
from dragoman.model import EventType, Place, Status


@dataclass(slots=True)
class Group:
    """Reports of one happening. The first told of it is the lead: its sides and its days are the group's.

    `pins` are the labels of decisions that persons made about its reports.
    """

    lead: Told
    number: int
    members: list[Told] = field(default_factory=list)
    joined: dict[str, str] = field(default_factory=dict)
    people: dict[str, People] = field(default_factory=dict)
    types: set[EventType] = field(default_factory=set)
    contacts: set[Contact] = field(default_factory=set)
    statuses: set[Status] = field(default_factory=set)
    spots: list[Place] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    publishers: set[str | None] = field(default_factory=set)
    pins: set[int] = field(default_factory=set)
    days: tuple[int, int] | None = None
    stated: bool = False
    published: int | None = None

    def __post_init__(self) -> None:
        self.days, self.stated, self.published = self.lead.days, self.lead.stated, self.lead.published
        self.add(self.lead)

    @property
    def day(self) -> int | None:
        """The day, where a report states it to the day."""
        return self.days[0] if self.stated and self.days is not None and self.days[0] == self.days[1] else None

    def add(self, told: Told, why: str | None = None) -> None:
        """Put a report in; `why` says what spoke for it."""
        self.members.append(told)
        if why is not None:
            self.joined[told.key] = why
        for of, more in told.people.items():
            self.people[of] = self.people.get(of, People()).and_also(more)
        self.types.add(told.event.type)
        if told.contact is not None:
            self.contacts.add(told.contact)
        self.statuses.add(told.event.status)
        if told.spot is not None:
            self.spots.append(told.spot)
        self.topics |= told.topics
        self.articles.add(told.report.article.id)
        self.publishers.add(told.report.article.publisher)
