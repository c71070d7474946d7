from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.fetching.settings import load_settings

SOURCE = '[[source]]\nname = "ours"\nfeed = "https://news.example/feed"\n'
WHOLE = """
[fetching]
contact = "https://desk.example/"
pause = "5s"

[[source]]
name = "KCNA"
feed = "https://news.example/feed"
every = "1h"
outlet = "Korean Central News Agency"
language = "en-GB"
ports = [8080]
max_per_run = 5

[[source]]
name = "drop"
folder = "drop"

[alerts]
to = ["json://127.0.0.1:8000/hook", "env:OUR_TARGET"]
workbench = "http://127.0.0.1:8765/"
digest = "daily"
digest_at = "07:30"
quiet = "22:00-07:00"

[[watch]]
name = "pacts"
between = ["RUS", "PRK"]
type = ["agree", "AID"]
status = "actual"
keyword = ["treaty"]
first_since = "90d"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_settings_read_a_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUR_TARGET", "json://127.0.0.1:8001/")
    found = load_settings(write(tmp_path, WHOLE))
    kcna, drop = found.sources
    assert (kcna.kind, kcna.every, kcna.language, kcna.reach.ports, kcna.max_per_run) == (
        "feed",
        3600,
        "en",
        (8080,),
        5,
    )
    assert drop.where == str(tmp_path / "drop")
    assert (found.contact, found.pause) == ("https://desk.example/", 5)
    assert found.alerts.to == ("json://127.0.0.1:8000/hook", "json://127.0.0.1:8001/")
    assert found.alerts.workbench == "http://127.0.0.1:8765"
    (watch,) = found.watches
    assert (watch.between, watch.types, watch.statuses) == (("RUS", "PRK"), ("AGREE", "AID"), ("actual",))
    assert watch.first_since == 90 * 86400


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "names no source"),
        ("[[source]\n", "line 1"),
        ("[[sources]]\n", "key 'sources': unknown. Did you mean 'source'"),
        (f"{SOURCE}evry = '5m'", r"\[\[source\]\] 'ours', key 'evry': unknown. Did you mean 'every'"),
        (f"{SOURCE}every = '5 minutes'", "no length of time"),
        (f"{SOURCE}every = '1s'", "too short"),
        (f"{SOURCE}every = 5", "text in quotes"),
        (f"{SOURCE}sitemap = 'https://x.example/'", "this one is 2"),
        (f"{SOURCE}language = 'ko'", "Korean is not coded"),
        (f"{SOURCE}language = 'klingon'", "two-letter code"),
        (f"{SOURCE}allow_private = 'yes'", "true or false"),
        (f"{SOURCE}max_per_run = 0", "at least 1"),
        (f"{SOURCE}max_per_run = true", "whole number"),
        (f"{SOURCE}ports = 'x'", "list of whole numbers"),
        (f"{SOURCE}links = 'x'", "only for a page"),
        (SOURCE + SOURCE, "two .* with the name 'ours'"),
        ("[[source]]\nfeed = 'https://x.example/'", r"\[\[source\]\] 1, key 'name': missing"),
        ("[[source]]\nname = 'x'", "this one is none"),
        ("[[source]]\nname = 'x'\nfeed = 'file:///etc/passwd'", "no address"),
        ("[[source]]\nname = 'x'\npage = 'https://x.example/'\nlinks = '('", "no regular expression"),
        ("[[source]]\nname = 'x'\nfolder = 'a'\nallow_private = true", "means nothing for a folder"),
        ("source = 3", "list of tables"),
        (f"{SOURCE}[fetching]\nagent = 'x'", r"\[fetching\], key 'agent': unknown"),
        (f"{SOURCE}[alerts]\nto = ['env:NOT_SET_ANYWHERE']", "NOT_SET_ANYWHERE' is not set"),
        (f"{SOURCE}[alerts]\ndigest = 'hourly'", "'hourly' is unknown"),
        (f"{SOURCE}[alerts]\nquiet = 'at night'", "22:00-07:00"),
        (f"{SOURCE}[alerts]\nquiet = '22:00-22:00'", "same time"),
        (f"{SOURCE}[alerts]\nworkbench = 'x'", "no address"),
        (f"{SOURCE}[[watch]]\nname = 'a'\nparty = 'RUS'", "nowhere to send"),
        (f"{SOURCE}[[watch]]\nname = 'a'", "no condition"),
        (f"{SOURCE}[[watch]]\nname = 'a'\nbetween = ['RUS']", "must be two"),
        (f"{SOURCE}[[watch]]\nname = 'a'\ntype = 'WAR'", "no 'WAR'. There are: AGREE"),
        (f"{SOURCE}[[watch]]\nname = 'a'\nturning_point = true", "needs 'between'"),
        (f"{SOURCE}[[watch]]\nparty = 'RUS'", "key 'name': missing"),
    ],
)
def test_settings_refuse_what_is_wrong_and_say_where(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError, match=told) as caught:
        load_settings(path)
    assert str(path) in str(caught.value)


def test_settings_tell_of_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        load_settings(tmp_path / "none.toml")


def test_settings_of_the_manual_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_TELEGRAM", "json://127.0.0.1:8001/")
    page = (Path(__file__).parents[2] / "docs" / "watching.md").read_text(encoding="utf-8")
    found = load_settings(write(tmp_path, "\n".join(re.findall(r"```toml\n(.*?)```", page, re.DOTALL))))
    assert [source.kind for source in found.sources] == ["feed", "page", "sitemap", "folder", "warc"]
    assert len(found.watches) == 3
