"""What happens where a filled-in word meets the phrase around it."""

import pytest

from app.replies.engine.grammar import JOINT, joined


@pytest.mark.parametrize(
    ("word", "rest", "expected"),
    [
        ("커피", "을/를 좋아해", "커피를 좋아해"),
        ("짬뽕", "을/를 좋아해", "짬뽕을 좋아해"),
        ("짬뽕", "이/가 식어", "짬뽕이 식어"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("커피", "과/와 빵", "커피와 빵"),
        ("WiFi", "은/는", "WiFi는"),
    ],
)
def test_korean_particles(word, rest, expected):
    assert joined(f"{JOINT}{word}{JOINT}{rest}", "ko") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de \x01le bruit", "du bruit"),
        ("de \x01les fenêtres", "des fenêtres"),
        ("de \x01l'attente", "de l'attente"),
        ("à \x01le prix", "au prix"),
        ("la \x01attente", "l'attente"),
        ("le \x01hamburger", "le hamburger"),
        ("que \x01elle", "qu'elle"),
    ],
)
def test_french_contracts_and_elides(text, expected):
    assert joined(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de \x01el ruido", "del ruido"),
        ("a \x01el precio", "al precio"),
        ("de la sopa", "de la sopa"),
    ],
)
def test_spanish_contracts(text, expected):
    assert joined(text, "es") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Worte über \x01Herr Kunz\x01", "Worte über Herrn Kunz"),
        ("dass Sie \x01Herr Kunz\x01 nennen", "dass Sie Herrn Kunz nennen"),
        ("\x01Herr Kunz\x01 freut sich", "Herr Kunz freut sich"),
        ("hat \x01Herr Kunz\x01 bestimmt", "hat Herr Kunz bestimmt"),
    ],
)
def test_a_german_gentleman_is_declined(text, expected):
    assert joined(text, "de") == expected


def test_french_keeps_de_before_a_name_with_y():
    assert joined("de \x01Yasmine\x01", "fr") == "de Yasmine"
