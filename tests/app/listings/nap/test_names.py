"""Names: a variant, a branch, a stuffed name and somebody else's are four different things."""

from __future__ import annotations

import pytest

from app.listings.nap.compare_names import compare_names
from app.listings.nap.names import read_name
from app.listings.nap.text import clean
from app.listings.nap.verdict import Verdict

EQUIVALENT = [
    ("Joe's Pizza", "JOE’S PIZZA"),
    ("Joe's Pizza", "Joes Pizza, LLC"),
    ("Joe's Pizza", "🍕 Joe's Pizza 🍕"),
    ("The Grill", "Grill, The"),
    ("Smith & Sons", "Smith and Sons Inc."),
    ("Müller GmbH & Co. KG", "Mueller"),
    ("Café Central", "Cafe Central"),
    ("L'Orangerie", "L Orangerie"),
    ("Rossi S.p.A.", "Rossi"),
    ("Dr. Jane Smith, DDS", "Jane Smith"),
    ("Comercial Pérez, S.A. de C.V.", "Comercial Perez"),
    ("株式会社タナカ", "タナカ"),
    ("㈜한빛", "한빛"),
    ("ООО Ромашка", "Ромашка"),
    ("Hotel Bel-Air", "Bel-Air Hotel"),
    ("7-Eleven", "Seven Eleven"),
    ("McDonald's", "Mc Donalds"),
    ("Art's Delicatessen", "Art's Deli"),
    ("Katsu", "Restaurant Katsu"),
    ("Harbor Coffee – Downtown", "Harbor Coffee"),
    ("Harbor Coffee #123", "Harbor Coffee"),
    ("Harbor Coffee", "Harbor Coffee at the Argyle"),
    ("스타벅스 강남점", "스타벅스"),
    ("스타벅스강남점", "스타벅스"),
    ("スターバックス 新宿店", "スターバックス"),
    ("吉野家新宿店", "吉野家"),
    ("스타벅스", "Starbucks"),
    ("スターバックス", "Starbucks"),
    ("하나은행", "Hana Bank"),
    ("Ромашка", "Romashka"),
    ("블루보틀 (Blue Bottle Coffee)", "Blue Bottle"),
    ("Acme Foods LLC dba Joe's Pizza", "Joe's Pizza"),
    ("Joe's Diner (formerly Moe's)", "Joe's Diner"),
    ("Joe's Diner f/k/a Moe's", "Joe's Diner"),
    ("Smith Ltd t/a Joe's Cafe", "Joe's Cafe"),
    ("조은식당 (구 행복식당)", "조은식당"),
    ("International House of Pancakes", "IHOP"),
    ("Firma Budowlana Kowalski Sp. z o.o.", "Firma Budowlana Kowalski"),
    ('מאפיית לחם בע"מ', "מאפיית לחם"),
    ("PT Astra International Tbk", "Astra International"),
    ("Dr. med. dent. Anna Weber", "Anna Weber"),
    ("세븐일레븐 서초점", "7-Eleven"),
    ("ｽﾀｰﾊﾞｯｸｽ", "スターバックス"),
    ("カフェ・ド・クリエ", "カフェドクリエ"),
    ("星巴克咖啡（南京西路店）", "星巴克咖啡"),
    ("Hotel Adlon", "Hotel Adlon Berlin"),
    ("Holiday Inn Express Austin - Downtown", "Holiday Inn Express"),
    ("1st Street Deli", "First Street Deli"),
    ("강남치과", "강남치과의원"),
    ("山田歯科", "山田歯科医院"),
    ("スターバックス", "スターバックスコーヒー"),
    ("龍門麵館", "龙门面馆"),
    ("桜薬局", "櫻藥局"),
    ("Bella Napoli", "Bella Napoli Italian Restaurant"),
    ("Lantern Street Bakery", "Lantern St. Bakery"),
    ("Lantern Street Bakery", "Lantern St Bakery"),
    ("Saint Mary's Clinic", "St. Mary's Clinic"),
    ("Sainte Anne Bakery", "Ste. Anne Bakery"),
    ("Hotel Saint George", "Hotel St George"),
    ("Saint James Street Cafe", "St. James St. Cafe"),
    ("Fifth Avenue Florist", "5th Ave. Florist"),
    ("Mill Road Garage", "Mill Rd Garage"),
    ("Sunset Boulevard Tattoo", "Sunset Blvd. Tattoo"),
    ("Mount Vernon Dental", "Mt. Vernon Dental"),
    ("Fort Worth Tire", "Ft. Worth Tire"),
]


@pytest.mark.parametrize(("ours", "theirs"), EQUIVALENT)
def test_another_way_to_write_the_name_is_equivalent(ours, theirs):
    assert _verdict(ours, theirs) is Verdict.EQUIVALENT
    assert _verdict(theirs, ours) is Verdict.EQUIVALENT


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        ("Joe's Pizza", "Joe's Burgers", "burger"),
        ("Joe's Pizza", "Moe's Pizza", "moe"),
        ("Starbucks", "Starbuks", "another name"),
        ("Boston Pizza", "Pizza Restaurant", "boston"),
        ("Sakura", "Sakura Japanese Sushi Restaurant Delivery", "search words"),
        ("미소헤어", "미소헤어 강남 미용실 추천 염색 펌 잘하는곳", "search words"),
        (
            "Friseur Müller",
            "Friseur Müller - günstig & gut - Ihr Friseur in Berlin",
            "search words",
        ),
        ("Seoul Garden", "Garden", "seoul"),
        ("Hilton Garden Inn", "Hilton Hotel", "hotel"),
        ("First National Bank", "Second National Bank", "second"),
        ("Bäckerei Schmidt", "Bäckerei Schmitt", "schmitt"),
        ("山田歯科", "山本歯科", "another name"),
        ("Harbor Coffee – Downtown", "Harbor Coffee – Airport", "another branch"),
        ("Harbor Coffee #123", "Harbor Coffee #124", "another branch"),
        ("스타벅스 강남점", "스타벅스 신촌점", "another branch"),
        ("マクドナルド新宿店", "マクドナルド渋谷店", "another branch"),
        ("Joe's Diner (formerly Moe's)", "Moe's", "former"),
        ("Joe's Pizza", "Joe's Pizza Best Pizza Delivery Brooklyn NY", "search words"),
        ("Joe's Pizza", "Joe's Pizza | Italian Restaurant | Catering | Delivery", "search words"),
        ("Ace Plumbing", "Ace Plumbing - 24 Hour Emergency Plumber", "search words"),
        ("Lantern Street Bakery", "Lantern Road Bakery", "road"),
        ("Saint Mary's Bakery", "Mary Street Bakery", "street"),
    ],
)
def test_a_name_that_misleads_is_different_and_says_why(ours, theirs, why):
    judged = compare_names(read_name(ours), read_name(theirs))
    assert judged.verdict is Verdict.DIFFERENT
    assert why in judged.why


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Massachusetts General Hospital", "Massachusetts Gen..."),
        ("김밥천국", "Kimbap Heaven"),
        ("Joe's Pizza", "!!!"),
        ("Joe's Pizza", "x" * 1000),
    ],
)
def test_what_cannot_be_compared_is_unreadable(ours, theirs):
    assert _verdict(ours, theirs) is Verdict.UNREADABLE


def test_the_name_of_the_town_beside_the_name_is_a_suffix():
    ours, theirs = read_name("Smith Roofing"), read_name("Smith Roofing Smithville TX")
    assert compare_names(ours, theirs).verdict is Verdict.DIFFERENT
    places = frozenset(("smithville", "tx"))
    assert compare_names(ours, theirs, (places,)).verdict is Verdict.EQUIVALENT


@pytest.mark.parametrize("given", ["\u202eevil\u202c", "<b>evil</b>", "  e\u200bvil\n", "evil\x00"])
def test_what_no_reader_sees_is_gone(given):
    assert clean(given) == "evil"


def _verdict(ours: str, theirs: str) -> Verdict:
    return compare_names(read_name(ours), read_name(theirs)).verdict
