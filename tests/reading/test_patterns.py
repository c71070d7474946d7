from importlib import resources

import pytest

from dragoman.errors import KnowledgeError
from dragoman.reading.patterns import FILE, make_patterns

TEXT = resources.files("dragoman.knowledge").joinpath(FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "not YAML"),
        ("- a", "exactly the groups"),
        (TEXT + "\nmore: [x]\n", "exactly the groups"),
        (TEXT.replace("agencies: [", "agencies: [[1], "), "'agencies' must be a list of texts"),
        (TEXT.replace("\nsubscribe:\n", "\nsubscribe:\n  - '(open'\n"), "'subscribe'"),
    ],
)
def test_patterns_name_the_entry_that_is_wrong(text: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        make_patterns(text)
