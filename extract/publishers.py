"""Places where books appear, and words that publishers' names hold: what tells "Leeds: Moor Press" from a title.

Both tables are general knowledge and deliberately short. A name that is missing costs a field, never a wrong one.
"""

from __future__ import annotations

import re

PLACES = frozenset(
    """
    aldershot|amsterdam|ann arbor|athens|austin|baltimore|barcelona|basel|basingstoke|bath|belfast|berkeley|berlin|bern|bielefeld|
    birmingham|bloomington|bonn|boston|boulder|bristol|brighton|brussels|bruxelles|budapest|buenos aires|buckingham|cambridge|
    campinas|canberra|cape town|cardiff|chapel hill|cheltenham|chicago|chichester|cologne|copenhagen|coventry|darmstadt|dordrecht|
    dublin|durham|düsseldorf|edinburgh|englewood cliffs|essex|exeter|farnham|florence|frankfurt|frankfurt a.m.|frankfurt am main|
    frankfurt/main|geneva|genève|glasgow|göttingen|gütersloh|hamburg|harmondsworth|heidelberg|helsinki|hillsdale|hoboken|hong kong|
    houndmills|houston|ithaca|istanbul|jena|johannesburg|kassel|kiel|köln|konstanz|leeds|leicester|leiden|leipzig|leuven|lisboa|lisbon|
    liverpool|london|los angeles|lyon|madison|madrid|mahwah|malden|manchester|mannheim|maidenhead|melbourne|mexico city|méxico|milan|
    milano|milton keynes|minneapolis|montréal|montreal|moscow|münchen|munich|münster|nairobi|new brunswick|new delhi|delhi|new haven|
    new york|newark|newbury park|newcastle|northampton|norwich|notre dame|nottingham|nürnberg|opladen|oslo|ottawa|oxford|padova|palo alto|
    paris|philadelphia|pittsburgh|plymouth|porto alegre|prague|princeton|québec|reading|reinbek|rio de janeiro|roma|rome|rotterdam|
    san diego|san francisco|são paulo|santa monica|santiago|seattle|sheffield|singapore|southampton|stanford|stockholm|stuttgart|
    albany|ithaca|columbus|indianapolis|durham nc|lanham|dhaka|lahore|mumbai|calcutta|napoli|torino|firenze|bologna|venezia|palermo|lund|
    gothenburg|aarhus|bergen|turku|tampere|braunschweig|freiburg|bremen|hannover|essen|gießen|marburg|würzburg|lanham md|skopje|belgrade|
    beograd|zagreb|ljubljana|sofia|bucharest|bucureşti|kraków|bratislava|riga|tallinn|vilnius|kyiv|kiev|st. petersburg|ankara|cairo|beirut|
    tel aviv|jerusalem|haifa|tehran|baghdad|amman|gaza|kampala|accra|lagos|dakar|pretoria|harare|auckland|wellington|perth|brisbane|adelaide|
    brasília|belo horizonte|bogotá|lima|caracas|havana|beijing|shanghai|seoul|bangkok|manila|jakarta|kuala lumpur|stirling|dundee|aberdeen|
    abingdon|hove|hull|keele|lancaster|loughborough|luton|plymouth|preston|salford|warwick|wolverhampton|portsmouth|sunderland|
    sussex|swansea|sydney|the hague|den haag|thousand oaks|tokyo|toronto|tübingen|uppsala|utrecht|vancouver|vienna|wien|warsaw|
    warszawa|washington|washington dc|washington d.c.|weinheim|westport|wiesbaden|york|zürich|zurich
    """.replace("\n", "").replace("    ", "").split("|")
)  # fmt: skip
COUNTRIES = frozenset(
    [
        "Argentina",
        "Australia",
        "Austria",
        "Bangladesh",
        "Belgium",
        "Brazil",
        "Bulgaria",
        "Canada",
        "Chile",
        "China",
        "Colombia",
        "Croatia",
        "Cyprus",
        "Denmark",
        "Egypt",
        "England",
        "Finland",
        "France",
        "Germany",
        "Ghana",
        "Greece",
        "Hungary",
        "India",
        "Indonesia",
        "Iran",
        "Iraq",
        "Ireland",
        "Israel",
        "Italy",
        "Japan",
        "Jordan",
        "Kenya",
        "Malaysia",
        "Mexico",
        "Netherlands",
        "New Zealand",
        "Nigeria",
        "Norway",
        "Pakistan",
        "Palestine",
        "Peru",
        "Philippines",
        "Poland",
        "Portugal",
        "Romania",
        "Russia",
        "Saudi Arabia",
        "Scotland",
        "Serbia",
        "Slovakia",
        "Slovenia",
        "South Africa",
        "Spain",
        "Sweden",
        "Switzerland",
        "Thailand",
        "Turkey",
        "Uganda",
        "Ukraine",
        "UK",
        "United Kingdom",
        "United States",
        "USA",
        "Vietnam",
        "Wales",
        "Zambia",
        "Zimbabwe",
    ]
)
_REGION = re.compile(
    r"(?:[A-Z]{2,4}|[A-Z]\.[A-Z]\.|[A-Z][a-z]{2,5}\.|UK|USA|England|Massachusetts|California|Germany|New Jersey)\.?"
)

_HOUSE = re.compile(
    r"\b(?:press|presses|publish\w*|publications?|verlag\w*|books|éditions?|editions|editora|editorial|edizioni|ediciones|"
    r"routledge|sage|springer|palgrave|macmillan|blackwell|wiley|elsevier|polity|penguin|pelican|ashgate|elgar|norton|harper\w*|"
    r"mcgraw[- ]?hill|suhrkamp|kluwer|erlbaum|taylor (?:and|&) francis|random house|vintage|verso|pearson|longman|heinemann|"
    r"continuum|bloomsbury|brill|de gruyter|mouton|nomos|beltz|juventa|kohlhammer|transcript|peter lang|hogrefe|huber|fischer|"
    r"free press|basic books|academic|allyn|prentice[- ]?hall|addison[- ]?wesley|greenwood|praeger|jossey[- ]?bass|houghton mifflin|"
    r"doubleday|knopf|simon (?:and|&) schuster|little,? brown|faber|allen (?:and|&) unwin|campus|rowohlt|reclam|"
    r"gallimard|seuil|armand colin|stationery office|worldwide|bank|(?-i:UP|OECD|UNESCO|WHO|TSO|HMSO|PUF|LIT))\b", re.IGNORECASE,
)  # fmt: skip


def is_place(text: str) -> bool:
    """Whether ``text`` is a town of the table, alone or with its state or country, or two such towns."""
    pieces = [p.strip(" .,;:()") for p in re.split(r",\s|/|\s&\s|\sand\s|;", text.strip(" .,;:()"))]
    if not pieces or len(pieces) > 5:
        return False
    known = [p.casefold() in PLACES for p in pieces]
    regions = [k or p in COUNTRIES or _REGION.fullmatch(p) is not None for k, p in zip(known, pieces, strict=True)]
    if known[0]:
        return all(regions)
    return len(pieces) == 2 and pieces[1] in COUNTRIES and len(pieces[0].split()) <= 2 and pieces[0][:1].isupper()


def is_publisher(text: str) -> bool:
    """Whether ``text`` is short enough for a publisher's name and holds a word of one."""
    return len(text.split()) <= 9 and _HOUSE.search(text) is not None
