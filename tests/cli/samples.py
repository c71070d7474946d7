"""A few articles of ours in all formats, as a user has them in a folder."""

from __future__ import annotations

import json
from pathlib import Path

MARKDOWN = """---
title: Lavrov meets Wang in Hanoi
publisher: Morning Paper
published: 2024-08-02
---
Russian Foreign Minister Sergei Lavrov met his Chinese counterpart, Wang Yi, in Hanoi on Thursday.

Japan condemned North Korea on Wednesday, South Korea's foreign ministry said.
"""
TEXT = """MOSCOW, Aug. 1 (Evening Post) -- Ukraine attacked Russia on Thursday, the Kremlin said.

Russia threatened Ukraine. The harbour of the old town was calm in the evening, and people walked by the sea.
"""
HTML = """<!doctype html><html><head><title>Tokyo urges Beijing to act</title>
<meta property="article:published_time" content="2024-08-01"></head>
<body><article><h1>Tokyo urges Beijing to act</h1>
<p>Japan urged China to act against North Korea on Thursday. It was a warm day, and many people
were by the sea. Nobody in Tokyo wished to say more about the matter, and the weather in the city was warm.</p>
<p>Japan sanctioned North Korea over its missiles in May. The prime minister said that more would follow.</p>
</article></body></html>
"""
LINES = [
    {
        "id": "line-1",
        "text": "Vladimir Putin visited Pyongyang on Wednesday.",
        "published": "2024-06-20",
        "language": "en",
    },
    {
        "id": "line-2",
        "text": "Nothing of note took place in the town today.",
        "published": "2024-06-21",
        "language": "en",
    },
]


def write_articles(folder: Path) -> Path:
    """Five articles in four files."""
    folder.mkdir()
    (folder / "hanoi.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "kremlin.txt").write_text(TEXT, encoding="utf-8")
    (folder / "tokyo.html").write_text(HTML, encoding="utf-8")
    write_lines(folder / "lines.jsonl", *LINES)
    return folder


def write_lines(path: Path, *lines: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def news(count: int) -> list[dict[str, str]]:
    """Articles with one event each, none like another."""
    return [
        {
            "id": f"n{i}",
            "text": f"Japan condemned North Korea over case {i}.",
            "published": "2024-08-02",
            "language": "en",
        }
        for i in range(count)
    ]
