"""Turns the attributions of labelled articles into the gold that the claim scorer reads.

Takes articles as labelled for events (one JSON object a line, with "text" and "attributions" of source, cue and
content), gives {"id", "text", "attributions": [{"source", "cue", "content"}]} with lists of spans. The labels place
short texts such as "he" or "said" by their first occurrence; here each goes to the one nearest to its content.

Run by hand: python evaluation/attributions_gold.py LABELLED.jsonl GOLD.jsonl
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

Span = list[int]


def main(arguments: list[str] | None = None) -> int:
    """Convert one file; gives the exit code."""
    parser = argparse.ArgumentParser(description="Convert labelled attributions for the claim scorer.")
    parser.add_argument("labelled", type=Path)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args(arguments)
    try:
        lines = [json.dumps(convert(row), ensure_ascii=False) for row in read_rows(options.labelled)]
    except (OSError, ValueError, KeyError) as error:
        print(
            f"{options.labelled}: cannot be converted ({error!r}); give a file of labelled articles.", file=sys.stderr
        )
        return 2
    options.gold.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The labelled articles of a file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def convert(row: dict[str, Any]) -> dict[str, Any]:
    """One labelled article in the scorer's shape; labels that are spans already pass as they are."""
    text = row["text"]
    attributions = []
    for label in row["attributions"]:
        if not isinstance(label["content"], str):
            attributions.append({name: label.get(name) or [] for name in ("source", "cue", "content")})
            continue
        at = text.index(label["content"])
        content = label.get("content_span") or [at, at + len(label["content"])]
        attributions.append(
            {
                "source": nearest(text, label.get("source"), label.get("source_span"), content),
                "cue": nearest(text, label.get("cue"), label.get("cue_span"), content),
                "content": [content],
            }
        )
    return {"id": row["id"], "text": text, "attributions": attributions}


def nearest(text: str, words: str | None, given: Span | None, content: Span) -> list[Span]:
    """Where the words stand closest to the content, outside it if possible; the given span when they are nowhere."""
    if not words:
        return []
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    places = [list(match.span()) for match in whole.finditer(text)]
    if not places:
        return [given] if given else []
    return [min(places, key=lambda place: (_distance(place, content), place))]


def _distance(place: Span, content: Span) -> int:
    if place[1] <= content[0]:
        return content[0] - place[1]
    if content[1] <= place[0]:
        return place[0] - content[1]
    return 10_000  # inside the content: only when it stands nowhere else near


if __name__ == "__main__":
    sys.exit(main())
