"""Did it happen: each candidate's status from negation, modals, tense and the words that govern its trigger.

`words` says what a word tells of itself, `walk` what the words above a trigger make of it, `step` writes the status.
"""

from dragoman.coding.status.step import StatusStep, lies_ahead, status_of

__all__ = ["StatusStep", "lies_ahead", "status_of"]
