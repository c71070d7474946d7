"""When: time expressions, the days they mean, and which event each of them dates.

`expressions` is a pure function of a text and a day; `DateStep` writes the dates of an article's candidates.
"""

from dragoman.coding.dates.expressions import TimeExpression, expressions
from dragoman.coding.dates.step import DateStep

__all__ = ["DateStep", "TimeExpression", "expressions"]
