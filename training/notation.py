"""The short notation in which sentences are written and labelled by hand, turned into the objects of `sentences.py`.

    [a/RUS Sergei Lavrov] {1 held talks} with [b/PRK his North Korean counterpart] in Pyongyang. :: 1 CONSULT a<>b

Every political actor is marked `[id/COUNTRY words]` (`-` where it has no country), every trigger `{number words}`.
After `::` come the events, parted by `;`: the number of the trigger, TYPE or TYPE/mode, the sides (`a>b`, `a<>b` where
both do the same, `a,b>c` for several, `a>` or `>b` where the other side is not named), and the status where it is not
actual. A sentence without events ends with `:: -`. Lines that begin with `#` are comments.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dragoman.errors import InputError
from dragoman.json_lines import write_lines
from training.sentences import Labelled, LabelledSentence, Party, check

MARK = re.compile(
    r"\[(?P<id>[a-z][0-9]*)/(?P<country>[A-Za-z-]+) (?P<name>[^][{}]+)\]|\{(?P<number>[0-9]) (?P<words>[^][{}]+)\}"
)
EVENT = re.compile(
    r"(?P<number>[0-9]) (?P<type>[A-Z]+)(?:/(?P<mode>[a-z-]+))? "
    r"(?P<one>[a-z0-9,]*)(?P<arrow><?>)(?P<other>[a-z0-9,]*)(?: (?P<status>[a-z]+))?$"
)


def parse_line(line: str, name: str) -> LabelledSentence:
    """The sentence that a line of the notation gives; raises `ValueError` saying what is wrong with the line."""
    marked, separator, labels = line.rpartition(" :: ")
    if not separator:
        raise ValueError("no ' :: ' parts the sentence from its events")
    text, parties, triggers = _unmarked(marked)
    events = [] if labels.strip() == "-" else [_event(label.strip(), triggers) for label in labels.split(";")]
    if unused := set(triggers) - {label.strip()[0] for label in labels.split(";")}:
        raise ValueError(f"trigger {', '.join(sorted(unused))} is in no event")
    sentence = LabelledSentence(id=name, text=text, parties=tuple(parties), events=tuple(events))
    sentence = msgspec.convert(msgspec.to_builtins(sentence), LabelledSentence)
    check(sentence)
    return sentence


def read_notation(path: Path) -> Iterator[LabelledSentence]:
    """The sentences of a file in the notation, numbered by line; raises `InputError` naming the line."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield parse_line(line.strip(), f"{path.stem}-{number}")
            except (ValueError, msgspec.MsgspecError) as error:
                raise InputError(str(error), source=path.name, line=number) from error


def _unmarked(marked: str) -> tuple[str, list[Party], dict[str, tuple[int, int]]]:
    text, parties, triggers, at = "", [], {}, 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        words = mark["name"] or mark["words"]
        span = (len(text), len(text) + len(words))
        if mark["id"]:
            country = None if mark["country"] == "-" else mark["country"]
            parties.append(Party(id=mark["id"], start=span[0], end=span[1], country=country))
        elif mark["number"] in triggers:
            raise ValueError(f"trigger {mark['number']} stands twice")
        else:
            triggers[mark["number"]] = span
        text += words
        at = mark.end()
    text += marked[at:]
    if left := re.search(r"[][{}]", text):
        raise ValueError(f"a mark is not as it must be near '{text[max(0, left.start() - 20) : left.start() + 20]}'")
    return text, parties, triggers


def _event(label: str, triggers: dict[str, tuple[int, int]]) -> Labelled:
    found = EVENT.match(label)
    if found is None:
        raise ValueError(f"'{label}' is no event: NUMBER TYPE[/mode] a>b [status]")
    if found["number"] not in triggers:
        raise ValueError(f"no trigger has the number {found['number']}")
    built = {
        "type": found["type"], "mode": found["mode"], "status": found["status"] or "actual",
        "actors": [i for i in found["one"].split(",") if i], "recipients": [i for i in found["other"].split(",") if i],
        "symmetric": found["arrow"] == "<>", "trigger": triggers[found["number"]],
    }  # fmt: skip
    return msgspec.convert(built, Labelled)


def report(paths: Iterable[Path], out: Path | None = None) -> int:
    """Print every line that is wrong, and how many sentences and events of each type and status the files hold.

    With `out`, the sentences that are right are written there, one JSON object a line.
    """
    wrong, sentences = 0, []
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                try:
                    sentences.append(parse_line(line.strip(), f"{path.stem}-{number}"))
                except (ValueError, msgspec.MsgspecError) as error:
                    wrong += 1
                    print(f"{path.name}, line {number}: {error}")
    counts = Counter(key for s in sentences for e in s.events for key in (e.type, e.status))
    twice = len(sentences) - len({s.text.casefold() for s in sentences})
    idle = sum(not s.events for s in sentences)
    print(f"{len(sentences)} sentences, {idle} without events, {twice} written twice, {wrong} wrong")
    print("  ".join(f"{key} {counts[key]}" for key in sorted(counts)))
    if out is not None:
        write_lines(out, (msgspec.to_builtins(s) for s in sentences))
    return wrong


def main() -> int:
    """The command line: files in the notation, and where to write them as JSON Lines."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", type=Path, nargs="+")
    options.add_argument("--out", type=Path)
    chosen = options.parse_args()
    return 1 if report(chosen.files, chosen.out) else 0


if __name__ == "__main__":
    sys.exit(main())
