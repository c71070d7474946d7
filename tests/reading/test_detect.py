import pytest

from dragoman.reading.detect import detect_language, name_of, read_code


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The foreign ministers of the two countries met in Oslo on Tuesday and agreed to open talks.", "en"),
        ("Kim Jong Un met Choe Son Hui, Ri Sung Guk, Pak Jong Chon and Jo Yong Won in Pyongyang with the envoy.", "en"),
        ("The envoy left Oslo.", "en"),
        (
            "김정은 국무위원장은 러시아 외무장관을 만났다고 조선중앙통신이 보도했다. 양측은 협력을 강화하기로 했다.",
            "ko",
        ),
        ("Министр иностранных дел России встретился в Осло с норвежским коллегой, сообщили в министерстве.", "ru"),
        ("El ministro de Asuntos Exteriores se reunió el martes en Oslo con su homólogo, según el ministerio.", "es"),
        ("김정은 러시아", "ko"),
        ("NATO troops on alert in northern Oslo.", "en"),
        ("Envoy leaves", None),
        ("12 345", None),
        ("", None),
    ],
)
def test_detect_names_the_language_or_owns_not_to_know(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(("given", "code"), [("en", "en"), (" EN ", "en"), ("en-GB", "en"), ("eng", None), ("", None)])
def test_detect_reads_codes(given: str, code: str | None) -> None:
    assert read_code(given) == code


def test_detect_names_languages() -> None:
    assert (name_of("ko"), name_of("qq")) == ("Korean", "qq")
