"""One address in its country's spellings: none is different, one changed number always is."""

from __future__ import annotations

import re

import pytest

from app.listings.nap.address import compare, parse
from app.listings.nap.verdict import Verdict

# country → spellings of one address each; the first is the record.
SPELLINGS = [
    ("US", "1200 W 35th St Ste 210, Chicago, IL 60609",
     "1200 West Thirty-Fifth Street, Suite 210, Chicago, Illinois 60609-1234",
     "1200 W. 35th Street #210\nChicago IL 60609\nUSA"),
    ("US", "45 St. Charles Ave, Apt 3B, New Orleans, LA 70130",
     "45 Saint Charles Avenue Unit 3-B, New Orleans, Louisiana, 70130",
     "45 ST CHARLES AVE APT 3B NEW ORLEANS LA 70130"),
    ("US", "One Harbor Plaza, 7th Floor, Boston, MA 02210",
     "1 Harbor Plz, Floor 7, Boston, MA 02210", "1 Harbor Plaza Fl 7, Boston MA 2210"),
    ("US", "PO Box 88, Homer, AK 99603", "P.O. Box 88, Homer, Alaska 99603"),
    ("GB", "Flat 4, 12a High Street, Lewes, East Sussex BN7 2LP",
     "12A High St, Flat 4, Lewes BN72LP", "Flat 4, 12A High Street\nLEWES\nBN7 2LP\nUK"),
    ("GB", "Unit 6, Mill Lane, St Albans AL1 3JE", "Unit 6 Mill Ln, Saint Albans, AL1 3JE"),
    ("IE", "17 Dame Street, Dublin 2, D02 XY45", "17 Dame St., Dublin 2, D02XY45, Ireland"),
    ("DE", "Bürgermeister-Schmidt-Straße 12a, 50667 Köln",
     "Bgm.-Schmidt-Str. 12 A, D-50667 Köln", "Buergermeister Schmidt Strasse 12a, 50667 Cologne"),
    ("DE", "Am Markt 3, 28195 Bremen", "Am Markt 3 \n 28195 Bremen\n Deutschland"),
    ("AT", "Lange Gasse 5/16, 1080 Wien", "Langegasse 5/16, A-1080 Vienna"),
    ("CH", "Rue du Rhône 14, 1204 Genève", "14, r. du Rhone, CH-1204 Geneva",
     "Rue du Rhône 14\n1204 Genf\nSchweiz"),
    ("FR", "12 bis, avenue du Général Leclerc, 69003 Lyon",
     "12bis av. du Gal Leclerc 69003 LYON", "12 B Avenue Général-Leclerc, 69003 Lyon, France"),
    ("FR", "5 place Saint-Michel, 75005 Paris", "5 pl. St Michel, 75005 PARIS CEDEX"),
    ("ES", "Calle de Alcalá, 48, 3º B, 28014 Madrid", "C/ Alcalá 48, 3ºB, 28014 Madrid",
     "Cl. Alcala nº 48 3 B, 28014 MADRID, España"),
    ("ES", "Avenida de la Constitución 7, 41001 Sevilla",
     "Avda. Constitución, 7, 41001 Seville", "Av. de la Constitucion, nº 7 - 41001 Sevilla"),
    ("IT", "Via XX Settembre 85/A, 00187 Roma (RM)",
     "V. Venti Settembre 85 A, 00187 Rome", "via XX settembre, 85A - 00187 Roma RM, Italia"),
    ("IT", "Piazza San Marco 3, 30124 Venezia VE", "P.zza S. Marco, 3, 30124 Venice (VE)"),
    ("NL", "Prins Hendrikkade 21-2, 1012 TL Amsterdam",
     "Prins Hendrik kade 21 2, 1012TL Amsterdam"),
    ("BE", "Chaussée de Charleroi 110, 1060 Bruxelles",
     "110, chaussée de Charleroi, B-1060 Brussel"),
    ("CA", "250-1253 avenue McGill College, Montréal, QC H3B 2Y5",
     "1253 McGill College Ave, Suite 250, Montreal, Quebec H3B2Y5"),
    ("AU", "5/48 Pirrama Road, Pyrmont NSW 2009",
     "Unit 5, 48 Pirrama Rd, Pyrmont, New South Wales 2009"),
    ("BR", "Avenida Paulista, 1098, ap. 31, Bela Vista, São Paulo - SP, 01310-000",
     "Av. Paulista 1098 apto 31 - Bela Vista, Sao Paulo/SP, CEP 01310-000"),
    ("MX", "Calle Yucatán No. 45, Col. Roma Norte, 06700 Ciudad de México, CDMX",
     "C. Yucatan 45, Roma Nte., C.P. 06700 México, D.F."),
    ("SG", "8 Shenton Way, #38-01, Singapore 068811", "#38-01, 8 Shenton Way, S(068811)"),
    ("PL", "ul. Świętego Marcina 5/16, 61-801 Poznań", "Sw. Marcina 5 / 16, 61-801 Poznan"),
    ("SE", "Drottninggatan 12, 111 51 Stockholm", "Drottningg. 12, SE-11151 Stockholm, Sverige"),
    ("CZ", "Na Příkopě 320/62, 110 00 Praha 1", "Na Prikope 320/62, 11000 Prague 1"),
    ("JP", "東京都港区六本木6丁目10番1号 六本木ヒルズ森タワー 23階",
     "〒106-6108 東京都港区六本木６－１０－１　六本木ヒルズ森タワー23F",
     "港区六本木六丁目１０−１ 六本木ヒルズ森タワー ２３階"),
    ("JP", "京都府京都市中京区烏丸通三条上る場之町599", "京都市中京区場之町599番地"),
    ("JP", "茨城県つくば市大字小野崎字千駄苅1234番地の5", "茨城県つくば市小野崎千駄苅1234-5"),
    ("KR", "서울특별시 강남구 테헤란로 152, 강남파이낸스센터 20층",
     "서울 강남구 테헤란로 152 (역삼동) 강남파이낸스센터 20층",
     "(06236) 서울시 강남구 테헤란로152 20층"),
    ("KR", "경기도 수원시 영통구 광교로 145", "경기 수원시 영통구 광교로 145"),
    ("CN", "北京市朝阳区建国路93号万达广场5号楼1203室",
     "中国北京朝阳区建国路93号 万达广场5号楼1203"),
    ("TW", "台北市信義區市府路45號12樓", "110 臺北市信義區市府路45號12F"),
]  # fmt: skip

PAIRS = [(c, record, other) for c, record, *others in SPELLINGS for other in others]


@pytest.mark.parametrize(("country", "record", "other"), PAIRS)
def test_another_spelling_is_not_different(country, record, other):
    ours, theirs = parse(record, country), parse(other, country)
    assert compare(ours, theirs).verdict is not Verdict.DIFFERENT, compare(ours, theirs).why
    assert compare(theirs, ours).verdict is not Verdict.DIFFERENT, compare(theirs, ours).why


@pytest.mark.parametrize(
    ("country", "text"), [(c, text) for c, *texts in SPELLINGS for text in texts]
)
def test_any_changed_digit_is_different(country, text):
    ours = parse(text, country)
    for digit in re.finditer(r"\d", text):
        changed = text[: digit.start()] + _other(digit.group()) + text[digit.end() :]
        theirs = parse(changed, country)
        assert compare(ours, theirs).verdict is Verdict.DIFFERENT, changed


def _other(digit: str) -> str:
    """The next digit in the same script, and no zero, which could vanish."""
    value = int(digit)
    following = value % 9 + 1
    return chr(ord(digit) - value + following)
