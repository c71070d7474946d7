import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.reading.encoding import decode, mend_mojibake

TEXT = "Norway’s minister spoke of “a good day” – and left Oslo for the café at the port of the capital."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encoding_reads_unicode_as_it_is(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding), source="a.txt")
    assert (decoded.text, decoded.repairs) == (TEXT, ())


@pytest.mark.parametrize(
    ("data", "text", "said"),
    [
        (TEXT.encode("cp1252"), TEXT, "windows-1252"),
        (TEXT.encode("utf-16-le"), TEXT, "utf-16-le"),
        ("Норвегия и Россия подписали соглашение о торговле в столице. ".encode("cp1251") * 3, "Норвегия", "guess"),
        ((TEXT * 2).encode() + b"\xff", TEXT * 2 + "\ufffd", "1 sequence"),
    ],
)
def test_encoding_tells_what_it_had_to_do(data: bytes, text: str, said: str) -> None:
    decoded = decode(data, source="a.txt")
    assert decoded.text.startswith(text)
    assert len(decoded.repairs) == 1
    assert said in decoded.repairs[0]


@pytest.mark.parametrize("declared", ["windows-1252", "ISO-8859-1", "latin1"])
def test_encoding_believes_a_declaration_that_fits(declared: str) -> None:
    decoded = decode(TEXT.encode("cp1252"), source="a.html", declared=declared)
    assert (decoded.text, decoded.repairs) == (TEXT, ())


@pytest.mark.parametrize("declared", ["utf-16", "ascii", "no-such", "base64", "idna"])
def test_encoding_survives_a_declaration_that_does_not_fit(declared: str) -> None:
    assert decode(TEXT.encode(), source="a.html", declared=declared).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"a\x00b", "NUL"),
        (bytes(range(256)) * 4, "NUL"),
        (b"\x01\x02\x03 words", "control"),
    ],
)
def test_encoding_refuses_what_is_no_text(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        decode(data, source="a.txt")


def test_encoding_mends_mojibake() -> None:
    garbled = "Plain line.\n" + "It’s good.".encode().decode("cp1252")
    text, repairs = mend_mojibake(garbled)
    assert text == "Plain line.\nIt’s good."
    assert "1 line" in repairs[0]
    assert mend_mojibake(TEXT) == (TEXT, ())


@given(st.binary(max_size=300))
def test_encoding_gives_text_or_input_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert "\x00" not in decode(data, source="a.txt").text


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=100))
def test_encoding_gives_back_utf8(text: str) -> None:
    data = text.encode()
    try:
        decoded = decode(data, source="a.txt")
    except InputError:
        assert text.startswith(("%PDF", "GIF8"))
        return
    assert decoded.text == text.removeprefix("\ufeff")
