"""The language of a text."""

import pytest

from app.replies.engine.language import detect

# py3langid 0.4.0, limited to the six languages, on the same words.
PEER = 0.9538


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Great coffee", "en"),
        ("커피가 맛있어요", "ko"),
        ("The 비빔밥 here was great", "en"),
        ("コーヒーが美味しい", "ja"),
        ("最高", "ja"),
        ("味道很好，服务也不错", "zh"),
        ("La comida estaba muy buena", "es"),
        ("Das Essen war sehr gut", "de"),
        ("Le service était très lent", "fr"),
        ("Il cibo era molto buono e il personale è gentile", "it"),
        ("A comida estava muito boa e o atendimento também", "pt"),
        ("Het eten was heel lekker en de bediening ook", "nl"),
        ("Huono palvelu, odotin tunnin eikä kukaan tullut.", "und"),
        ("Huduma mbaya, tulisubiri saa nzima", "und"),
        ("Leckeres Essen, nettes Personal, schönes Ambiente", "de"),
        ("Amazing tacos, super friendly staff", "en"),
        ("Очень вкусно", "und"),
        ("", "und"),
        ("😍", "und"),
    ],
)
def test_languages(text, expected):
    assert detect(text) == expected


def test_a_hint_decides_only_where_the_text_is_silent():
    assert detect("", hint="de") == "de"
    assert detect("The food was great and the staff friendly", hint="de") == "en"


@pytest.mark.data
def test_word_pairs_are_told_apart_as_well_as_by_the_peer(shared_data):
    shares = []
    for lang in ("en", "ko", "ja", "es", "de", "fr"):
        pairs = (shared_data / "langid" / lang / "word-pairs.txt").read_text("utf-8").splitlines()
        shares.append(sum(detect(pair) == lang for pair in pairs) / len(pairs))
    assert sum(shares) / len(shares) >= PEER
