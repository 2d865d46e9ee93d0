"""The words by which an address is recognised in running text, as data, in lower case."""

from __future__ import annotations

US_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
    "WY": "Wyoming",
}  # fmt: skip
CA_PROVINCES = {
    "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
    "NL": "Newfoundland", "NS": "Nova Scotia", "ON": "Ontario", "PE": "Prince Edward Island",
    "QC": "Quebec", "SK": "Saskatchewan", "YT": "Yukon", "NT": "Northwest Territories",
    "NU": "Nunavut",
}  # fmt: skip
AU_STATES = {
    "NSW": "New South Wales", "VIC": "Victoria", "QLD": "Queensland", "SA": "South Australia",
    "WA": "Western Australia", "TAS": "Tasmania", "ACT": "Australian Capital Territory",
    "NT": "Northern Territory",
}  # fmt: skip
# What stands between town and postcode in British and Irish addresses.
COUNTIES = frozenset(
    name.replace("_", " ")
    for name in """
    bedfordshire berkshire buckinghamshire bucks cambridgeshire cambs cheshire cornwall cumbria
    derbyshire devon dorset durham county_durham co_durham essex gloucestershire glos
    greater_london greater_manchester hampshire hants herefordshire hertfordshire herts kent
    lancashire lancs leicestershire leics lincolnshire lincs merseyside middlesex middx norfolk
    northamptonshire northants northumberland nottinghamshire notts oxfordshire oxon rutland
    shropshire somerset staffordshire staffs suffolk surrey sussex east_sussex west_sussex
    tyne_and_wear tyne_&_wear warwickshire west_midlands wiltshire wilts worcestershire yorkshire
    north_yorkshire south_yorkshire west_yorkshire east_yorkshire avon isle_of_wight
    lanarkshire midlothian fife ayrshire aberdeenshire angus clwyd dyfed gwent gwynedd powys
    glamorgan co_antrim co_armagh co_down county_antrim county_down england scotland wales
    northern_ireland
    """.split()
)

# Kinds of street, whole words. Those of German, Dutch and Scandinavian are endings of a word.
STREET_TYPES = """
    street st avenue ave av road rd drive dr lane ln boulevard blvd court ct place pl square sq
    terrace way parkway pkwy circle cir highway hwy trail trl plaza alley row close crescent cres
    gardens grove hill mews rise walk wharf quay parade broadway freeway expressway pike turnpike
    route rte loop crossing xing esplanade embankment green bypass causeway
    rue avenue boulevard place quai chemin allée impasse cours route
    calle c/ avenida avda paseo plaza carrer ronda camino travesía
    via viale piazza corso largo vicolo
    rua avenida praça travessa estrada rodovia
    ulica ul aleja al plac
    """.split()
STREET_ENDINGS = (
    "straße strasse str weg platz allee gasse ring damm ufer straat laan plein gracht kade dreef"
    " gatan gata vägen väg gade vej vei veien katu tie tér utca"
).split()
BUILDING_WORDS = """
    house building bldg tower park estate centre center court works mill industrial business
    chambers hall lodge yard studios arcade mall hotel plaza office offices unit units
    """.split()
UNIT_WORDS = """
    suite ste unit units floor fl flr apt apartment room rm level building bldg flat shop
    dept department office etage stock piso planta
    """.split()
