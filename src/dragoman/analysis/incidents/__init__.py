"""Incidents: the reports of one happening put together, with what they tell as a whole and why they are one."""

from dragoman.analysis.incidents.build import incidents, references
from dragoman.analysis.incidents.choose import choose, find_incident
from dragoman.analysis.incidents.course import Standing, Step
from dragoman.analysis.incidents.incident import Incident, Joined
from dragoman.analysis.incidents.kept import incidents_of, kept_incidents
from dragoman.analysis.incidents.origins import Origin

__all__ = [
    "Incident",
    "Joined",
    "Origin",
    "Standing",
    "Step",
    "choose",
    "find_incident",
    "incidents",
    "incidents_of",
    "kept_incidents",
    "references",
]
