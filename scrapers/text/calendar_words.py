"""The words of dates: months, units of time, "ago" and weekdays, as data, in lower case."""

from __future__ import annotations

import re

# One row a month, full names and abbreviations; the languages stand in one order in every row:
# English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish/Danish/Norwegian, Finnish,
# Polish, Czech, Hungarian, Romanian, Turkish, Russian, Ukrainian, Greek, Indonesian, Vietnamese.
_MONTH_ROWS = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari januari "
    "tammikuuta tammikuu stycznia styczeń sty ledna leden január ianuarie ian ocak января янв "
    "січня ιανουαρίου ιαν",
    "february feb februar février févr fév febrero febbraio febbr fevereiro fev februari "
    "helmikuuta helmikuu lutego luty lut února únor február februarie şubat şub февраля фев "
    "лютого φεβρουαρίου φεβ",
    "march mar märz mär mars marzo março maart mrt marts maaliskuuta maaliskuu marca marzec "
    "března březen március márc martie mart марта мар березня μαρτίου μαρ maret",
    "april apr avril avr abril abr aprile huhtikuuta huhtikuu kwietnia kwiecień kwi dubna duben "
    "április ápr aprilie nisan nis апреля апр квітня απριλίου απρ",
    "may mai mayo maggio mag maio mei maj toukokuuta toukokuu maja května květen május máj "
    "mayıs мая май травня μαΐου μαι",
    "june jun juni juin junio giugno giu junho kesäkuuta kesäkuu czerwca czerwiec cze června "
    "červen június jún iunie iun haziran haz июня июн червня ιουνίου ιουν",
    "july jul juli juillet juil julio luglio lug julho heinäkuuta heinäkuu lipca lipiec lip "
    "července červenec július júl iulie iul temmuz tem июля июл липня ιουλίου ιουλ",
    "august aug août aoû agosto ago augustus augusti elokuuta elokuu sierpnia sierpień sie "
    "srpna srpen augusztus ağustos ağu августа авг серпня αυγούστου αυγ agustus agu",
    "september sep sept septembre septiembre set settembre sett setembro syyskuuta syyskuu "
    "września wrzesień wrz září szeptember szept septembrie eylül eyl сентября сен сент вересня "
    "σεπτεμβρίου σεπ",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta lokakuu "
    "października październik paź října říjen október octombrie ekim eki октября окт жовтня "
    "οκτωβρίου οκτ",
    "november nov novembre noviembre novembro marraskuuta marraskuu listopada listopad lis "
    "listopadu noiembrie kasım kas ноября ноя нояб листопада νοεμβρίου νοε nopember",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des "
    "joulukuuta joulukuu grudnia grudzień gru prosince prosinec decembrie aralık ara декабря "
    "дек грудня δεκεμβρίου δεκ desember",
)
MONTHS = {name: number for number, row in enumerate(_MONTH_ROWS, start=1) for name in row.split()}

RELATIVE_DAYS = {
    "day before yesterday": 2, "vorgestern": 2, "anteayer": 2, "avant-hier": 2, "그저께": 2,
    "一昨日": 2, "おととい": 2, "前天": 2, "yesterday": 1, "gestern": 1, "ayer": 1, "hier": 1,
    "ieri": 1, "ontem": 1, "gisteren": 1, "igår": 1, "i går": 1, "eilen": 1, "wczoraj": 1,
    "včera": 1, "tegnap": 1, "dün": 1, "вчера": 1, "вчора": 1, "어제": 1, "昨日": 1, "昨天": 1,
    "today": 0, "heute": 0, "just now": 0, "aujourd": 0, "hoy": 0, "oggi": 0, "hoje": 0,
    "vandaag": 0, "idag": 0, "i dag": 0, "dzisiaj": 0, "dziś": 0, "dnes": 0, "bugün": 0,
    "сегодня": 0, "сьогодні": 0, "오늘": 0, "방금": 0, "今日": 0, "今天": 0, "たった今": 0,
    "刚刚": 0,
}  # fmt: skip

AGO = re.compile(
    r"\b(?:ago|vor|il y a|hace|fa|há|atrás|geleden|sedan|siden|sitten|temu|před|ezelőtt|acum|önce"
    r"|назад|тому|πριν|lalu|trước|last|letzte[nrs]?|dernièr|dernier)\b|전|前|지난"
)

# "a week ago", "une semaine", "지난 달": one without a figure.
SINGULAR = (
    r"an?\b|one\b|last\b|eine[mr]?\b|letzte[nrs]?\b|une?\b|una?\b|uma?\b|een\b|en\b|ett?\b"
    r"|한|지난|一"
)

# Longest units first: a pattern, and its length in months or in seconds.
UNITS: tuple[tuple[str, int, int], ...] = (
    (r"years?|yrs?\b|jahr|an\b|ans\b|année|año|ann[oi]|anos?\b|jaar|år\b|vuo[st]|rok|lata?\b"
     r"|let\b|éve|ani?\b|yıl|года?|лет|рік|роки|χρόν|tahun|năm|년|年", 12, 0),
    (r"months?|mos?\b|monat|mois|mes\b|meses|mes[ei]\b|mês|maand|måned|månad|kuukau|miesi|měsíc"
     r"|hónap|lun[ăi]|ay\b|месяц|місяц|μήν|bulan|tháng|개월|달|(?:か|ヶ|ケ|カ|个|個)?月", 1, 0),
    (r"weeks?|wks?\b|woche|semaine|semana|settiman|week|uger?\b|vecka|veckor|uker?\b|viikko"
     r"|tygod|týd|hét|săptăm|hafta|недел|тижн|εβδομάδ|minggu|tuần|주|週|周|星期", 0, 604_800),
    (r"days?|tag|jour|días?|dias?|giorn|dag|päiv|dni\b|dzień|dn[íy]|den\b|nap|zile|zi\b|gün|дн"
     r"|день|ημέρ|μέρ|hari|ngày|일|日|天", 0, 86_400),
    (r"hours?|hrs?\b|stunde|heure|hora|or[ae]\b|uur|timm|time|tunti|godzin|hodin|óra|ore\b|oră"
     r"|saat|час|годин|ώρ|jam|giờ|시간|時間|小时|小時", 0, 3_600),
    (r"minut|mins?\b|분|分", 0, 60),
    (r"second|sekund|segund|сек|초|秒", 0, 1),
)  # fmt: skip
