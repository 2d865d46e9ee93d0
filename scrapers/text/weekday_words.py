"""The words of opening hours, as data, in lower case."""

from __future__ import annotations

from scrapers.types import DAYS

# One row a day: English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian,
# Polish, Czech, Russian, Korean, Japanese, Chinese, Turkish, Hungarian, Greek, Romanian,
# Ukrainian, Croatian, Finnish, Indonesian, Thai; full names and abbreviations. Where one
# abbreviation means different days ("mar", "sa"), the commoner reading stands.
_DAY_ROWS = (
    "monday mondays mon mo montag montags lundi lun lunes lunedì lunedi segunda-feira segunda "
    "seg maandag ma mandag måndag mån man poniedziałek pon pn pondělí po понедельник пн 월요일 "
    "월 月曜日 月曜 月 星期一 周一 pazartesi pzt hétfő δευτέρα δευ luni понеділок ponedjeljak "
    "maanantai senin จันทร์",
    "tuesday tuesdays tues tue tu dienstag dienstags di mardi mar martes martedì martedi "
    "terça-feira terça ter dinsdag tirsdag tisdag tis wtorek wt úterý út вторник вт 화요일 화 "
    "火曜日 火曜 火 星期二 周二 salı kedd τρίτη τρι marți вівторок utorak "
    "tiistai selasa อังคาร",
    "wednesday wednesdays wed we weds mittwoch mittwochs mi mercredi mer miércoles miercoles "
    "mié mie mercoledì mercoledi quarta-feira quarta qua woensdag wo onsdag ons środa śr středa "
    "st среда ср 수요일 수 水曜日 水曜 水 星期三 周三 çarşamba szerda τετάρτη τετ miercuri "
    "середа srijeda sreda keskiviikko rabu พุธ",
    "thursday thursdays thurs thur thu th donnerstag donnerstags do jeudi jeu jueves jue "
    "giovedì giovedi gio quinta-feira quinta qui donderdag torsdag tors czwartek czw cz čtvrtek "
    "čt четверг чт 목요일 목 木曜日 木曜 木 星期四 周四 perşembe csütörtök πέμπτη πεμ joi "
    "четвер četvrtak torstai kamis พฤหัสบดี",
    "friday fridays fri fr freitag freitags vendredi ven viernes vie venerdì venerdi "
    "sexta-feira sexta sex vrijdag vr fredag fre piątek pt pátek pá пятница пт 금요일 금 金曜日 "
    "金曜 金 星期五 周五 cuma cum péntek παρασκευή παρ vineri п'ятниця п’ятниця "
    "petak perjantai jumat ศุกร์",
    "saturday saturdays sat sa samstag samstags sonnabend samedi sam sábado sabado sábados sáb "
    "sab sabato zaterdag za lørdag lördag lör lør sobota sob so суббота субботу сб 토요일 토 "
    "土曜日 土曜 土 星期六 周六 prefestivi cumartesi cmt szombat σάββατο σαβ "
    "sâmbătă sambata субота subota lauantai sabtu เสาร์",
    "sunday sundays sun su sonntag sonntags dimanche dim domingo domingos dom domenica "
    "domenicale zondag zo søndag söndag sön søn niedziela niedz nd neděle ne воскресенье вс "
    "일요일 일 日曜日 日曜 日 星期日 星期天 周日 pazar vasárnap κυριακή κυρ "
    "duminică duminica неділя nedjelja nedelja sunnuntai minggu อาทิตย์",
)
DAY_NAMES = {name: day for day, row in zip(DAYS, _DAY_ROWS, strict=True) for name in row.split()}

_WEEKDAYS, _WEEKEND = DAYS[:5], DAYS[5:]
NAMED_RANGES = {
    **dict.fromkeys(
        ("weekdays", "weekday", "werktags", "wochentags", "en semaine", "días laborables",
         "giorni feriali", "feriali", "dias úteis", "по будням", "будни", "평일", "平日", "工作日",
         "hverdage", "vardagar", "weekdagen", "dni robocze", "hafta içi", "hétköznap",
         "arkisin", "l-v", "l a v"), _WEEKDAYS),
    **dict.fromkeys(
        ("weekends", "weekend", "wochenende", "fin de semana", "fines de semana", "week-end",
         "по выходным", "выходные", "주말", "土日", "周末", "helger"), _WEEKEND),
    **dict.fromkeys(
        ("daily", "every day", "everyday", "all days", "all week", "7 days a week",
         "seven days a week", "7 days", "täglich", "tous les jours", "todos los días",
         "tutti i giorni", "todos os dias", "dagelijks", "alle dage", "codziennie", "denně",
         "ежедневно", "her gün", "minden nap", "καθημερινά", "zilnic", "щодня", "setiap hari",
         "ทุกวัน", "l-d", "매일", "毎日", "每天", "全天"), DAYS),
}  # fmt: skip

NAMED_TIMES: dict[str, tuple[int, str | None]] = {
    "midday": (720, "p"), "noon": (720, "p"), "midnight": (0, "a"), "mittag": (720, "p"),
    "mitternacht": (0, "a"), "midi": (720, "p"), "minuit": (0, "a"), "medianoche": (0, "a"),
    "mediodía": (720, "p"), "mezzogiorno": (720, "p"), "mezzanotte": (0, "a"),
}  # fmt: skip

ALL_DAY = (
    r"24\s?/\s?7|open\s24\s?(?:hours|hrs)|24\s?(?:hours|hrs|horas|heures|stunden|ore|시간|時間)"
    r"(?:\sopen)?|round the clock|rund um die uhr|круглосуточно|연중무휴\s24시간|around the clock"
)
CLOSED = (
    r"closed\b|geschlossen|ruhetag|fermée?s?\b|cerrado|chius[oiae]|fechado|gesloten|lukket|stängt"
    r"|zamknięte|nieczynne|zavřeno|выходной|закрыто|휴무|휴일|정기휴무|定休日?|休業|休み|休息|off\b"
)
HOLIDAY = (
    r"public holidays?|bank holidays?|holidays?|feiertags?|feiertage|jours fériés|festivos|festivi"
    r"|feriados|ph\b|sh\b|공휴일|祝日?|祝祭日|节假日"
)
THROUGH = (
    r"[-–—−~〜～]|\b(?:to|thru|through|till|until|bis|à|au|a|al|até|t/m|tot|til|till|do|по|fino)\b"
    r"|부터|から"
)
