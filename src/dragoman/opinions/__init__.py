"""A second opinion on doubtful events from a language model, asked for by hand, kept beside the record as its own.

`opinions_of` gives what was said about events; nothing here changes what Dragoman coded.
"""

from dragoman.opinions.answers import Answer
from dragoman.opinions.kept import Opinion, read_opinions
from dragoman.opinions.standing import compare, distance, opinions_of

__all__ = ["Answer", "Opinion", "compare", "distance", "opinions_of", "read_opinions"]
