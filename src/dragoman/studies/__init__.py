"""A project's own event types beside PLOVER's: described in YAML, learned from its labels, laid over a record.

`codebook` and `labels` read what the user wrote, `training` makes a `Study` out of both, `applying` codes a record with
it, `selection` reads what was found.
"""

from dragoman.studies.codebook import Codebook, StudyType, read_codebook
from dragoman.studies.labels import Label, read_labels
from dragoman.studies.study import Study, load_study

__all__ = ["Codebook", "Label", "Study", "StudyType", "load_study", "read_codebook", "read_labels"]
