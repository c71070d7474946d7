"""From a folder of articles to what a reader asks of the record, with the program as it is installed."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

ARTICLES = {
    "visit.md": """---
title: Lavrov holds talks in Pyongyang
publisher: Harbour Gazette
published: 2023-10-20
---
Russian Foreign Minister Sergei Lavrov met North Korean leader Kim Jong Un in Pyongyang on Thursday. He thanked Kim
for his support.

"Russia values its ties with North Korea," Lavrov said.
""",
    "reaction.txt": """SEOUL, Oct. 21, 2023 (Southern Wire) -- South Korea condemned North Korea on Saturday.
The two Koreas have had few contacts since the winter, and people in the capital paid little heed to the news.

Seoul also accused Moscow of helping Pyongyang, and urged Russia to stop.
""",
    "threat.jsonl": json.dumps(
        {
            "id": "kcna-1",
            "text": "Pyongyang threatened Seoul on Sunday. North Korea will not talk, the Rodong Sinmun said.",
            "title": "Statement",
            "publisher": "KCNA",
            "published": "2023-10-22",
        }
    )
    + "\n",
}


def dragoman(*words: str | Path, code: int = 0) -> str:
    """What a command prints; it must end with this code and without a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "dragoman", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"COLUMNS": "160", "PYTHONIOENCODING": "utf-8"},
        timeout=120,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def test_end_to_end(tmp_path: Path) -> None:
    folder, record = tmp_path / "articles", tmp_path / "record"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")

    # Articles into the record.
    assert "Articles coded 3" in " ".join(dragoman("code", folder, "--record", record).split())

    # What happened between two states.
    rows = [
        json.loads(x) for x in dragoman("events", "--record", record, "--between", "PRK", "RUS", "--json").splitlines()
    ]
    meeting = next(row["event"] for row in rows if row["event"]["type"] == "CONSULT")
    assert {p["actor"] for p in meeting["actors"] + meeting["recipients"]} == {"Sergei Lavrov", "Kim Jong Un"}
    assert (meeting["date"]["start"], meeting["date"]["basis"]) == ("2023-10-19", "stated")
    table = dragoman("events", "--record", record, "--between", "KOR", "PRK")
    assert "South Korea → North Korea" in table

    # One event where it stands.
    shown = dragoman("show", meeting["id"], "--record", record)
    assert "Sergei Lavrov met North Korean leader Kim Jong Un" in " ".join(shown.replace("│", " ").split())
    assert "Foreign Minister of Russia" in shown
    assert "Harbour Gazette" in shown

    # A sheet for elsewhere.
    sheet = list(csv.DictReader(io.StringIO(dragoman("export", "--record", record))))
    assert meeting["id"] in {row["event_id"] for row in sheet}
    threat = next(row for row in sheet if row["type"] == "THREATEN" and row["actor_countries"] == "PRK")
    assert (threat["recipient_countries"], threat["publisher"], threat["date_start"]) == ("KOR", "KCNA", "2023-10-22")

    # What is asked for and is not there.
    dragoman("show", "nosuch", "--record", record, code=2)
