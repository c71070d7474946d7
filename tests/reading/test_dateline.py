import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.dateline import find_dateline


@pytest.mark.parametrize(
    ("line", "dateline", "place", "agency"),
    [
        ("OSLO – Norway has signed", "OSLO –", "OSLO", None),
        ("OSLO—Norway has signed", "OSLO—", "OSLO", None),
        ("SEOUL, Aug. 2 (Yonhap) -- The ministry", "SEOUL, Aug. 2 (Yonhap) --", "SEOUL", "Yonhap"),
        ("Pyongyang, July 28 (KCNA) --The", "Pyongyang, July 28 (KCNA) --", "Pyongyang", "KCNA"),
        ("WASHINGTON (AP) — “We", "WASHINGTON (AP) —", "WASHINGTON", "AP"),
        ("TOKYO, June 5 /Kyodo/ - Japan", "TOKYO, June 5 /Kyodo/ -", "TOKYO", "Kyodo"),
        ("MOSCOW, October 19. /TASS/. The", "MOSCOW, October 19. /TASS/.", "MOSCOW", "TASS"),
        ("MOSCOW. Oct 19 (Interfax) - The", "MOSCOW. Oct 19 (Interfax) -", "MOSCOW", "Interfax"),
        ("CAMP DAVID, Md. (AP) — The", "CAMP DAVID, Md. (AP) —", "CAMP DAVID, Md.", "AP"),
        ("SEOUL/OSLO, Sept 12 (Reuters) - The", "SEOUL/OSLO, Sept 12 (Reuters) -", "SEOUL/OSLO", "Reuters"),
        ("Geneva, 12 March 2024 – The", "Geneva, 12 March 2024 –", "Geneva", None),
        ("RIO DE JANEIRO, Nov 18 (EFE).- The", "RIO DE JANEIRO, Nov 18 (EFE).-", "RIO DE JANEIRO", "EFE"),
        ("(Reuters) - The ministry", "(Reuters) -", None, "Reuters"),
        ("OSLO, 12 March 2024", "OSLO, 12 March 2024", "OSLO", None),
    ],
)
def test_dateline_takes_forms_of_agencies(line: str, dateline: str, place: str | None, agency: str | None) -> None:
    found = find_dateline(line)
    assert found is not None
    assert (line[: found.length], found.place, found.agency) == (dateline, place, agency)


@pytest.mark.parametrize(
    "line",
    [
        "NATO – the alliance of 32 states – met.",
        "IAEA – The agency’s board met.",
        "Moscow – the capital – was quiet.",
        "BREAKING — The minister has resigned.",
        "On August 4, 2024 – The talks began.",
        "Friday, October 20 – The talks began.",
        "The envoy (left) – The talks began.",
        "COVID-19 – The disease spread.",
        "F-16 – The jet was sent.",
        "US-led forces left.",
        "May 5, 2024 — The talks began.",
        "The ministers met in Oslo.",
        "",
    ],
)
def test_dateline_leaves_dashes_of_other_kinds(line: str) -> None:
    assert find_dateline(line) is None


@given(st.text(max_size=200))
def test_dateline_lies_within_its_line(line: str) -> None:
    found = find_dateline(line)
    assert found is None or 0 < found.length <= len(line)
