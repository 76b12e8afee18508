"""Pieces of which the patterns are made: capitalised words, numbers, days, streets."""

import re
from collections.abc import Iterable

CAPITALISED = r"(?:Ste?\.|Mt\.|[A-Z]\.(?=[ ]?[A-Z])|[A-Z][A-Za-z]*(?:['-][A-Za-z]+)*)"
NAMED = rf"{CAPITALISED}(?:[ ](?:(?:of the|of|and|&)[ ])?{CAPITALISED}){{0,4}}"
DE = r"(?:de la[ ]|de l'|des[ ]|du[ ]|de[ ]|d'|la[ ]|le[ ]|les[ ]|l'|aux?[ ]|a la[ ])?"
NOMME = rf"{DE}{CAPITALISED}(?:[ ]{DE}{CAPITALISED}){{0,4}}(?:[ ](?:et|&)[ ](?:Fils|Filles|Freres))?"

ENGLISH_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
FRENCH_UNITS = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
FRENCH_TENS = {"quatre-vingt": 80, "quatre-vingts": 80, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
NUMBER_WORDS = {
    **{word: n for n, word in enumerate(ENGLISH_UNITS.split(), 1)},
    **{word: 10 * n for n, word in enumerate(ENGLISH_TENS.split(), 2)},
    **{word: n for n, word in enumerate(FRENCH_UNITS.split(), 1)},
    **{"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "une": 1, "et": 0},
}


def either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


EN_NUMBER = rf"(?:(?:{either(ENGLISH_TENS.split())})(?:[ -](?:{either(ENGLISH_UNITS.split()[:9])}))?|{either(ENGLISH_UNITS.split())})"
FR_NUMBER = rf"(?:(?:{either(FRENCH_TENS)})(?:[ -](?:et[ -])?(?:une|{either(FRENCH_UNITS.split())}))?|une|{either(FRENCH_UNITS.split())})"
AGE_NUMBER = rf"(?:\d{{1,3}}|{EN_NUMBER}|{FR_NUMBER})"
AGE_LIST = rf"(?P<numbers>{AGE_NUMBER}(?:(?:,[ ]|,?[ ](?:and|or|et|ou|pis|puis|to|&)[ ]|[ ]a[ ]|[ ]?[-/][ ]?){AGE_NUMBER}){{0,3}})"

ORDINAL_GRADE = "quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme"
FRENCH_ORDINAL = rf"(?:premiere|deuxieme|seconde|troisieme|{either(ORDINAL_GRADE.split())})"

MONTHS = (
    "jan january janv janvier feb february fev fevr fevrier mar march mars apr april avr avril may mai june jun juin july jul juil"
    " juillet aug august aout sep sept september septembre oct october octobre nov november novembre dec december decembre"
)
MONTH = rf"(?:{either(MONTHS.split())})\b(?:\.(?=[ ]\d))?"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche"
WEEKDAY = rf"(?:{either(WEEKDAYS.split())})"
ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth"
    r"|seventeenth|eighteenth|nineteenth|twentieth|twenty-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth"
    r"|thirty-first|premier)"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
YEAR = r"(?:19|20)\d\d"
HOLIDAY = (
    r"(?:(?:Christmas|Boxing|New Year'?s|Canada|Labour|Family|Victoria|Mother'?s|Father'?s|Valentine'?s|Remembrance|Orange Shirt)"
    r" (?:Day|Eve)"
    r"|Halloween|Thanksgiving|Good Friday|Easter (?:Sunday|Monday|weekend)|la (?:veille|nuit) (?:de Noel|du jour de l'An)"
    r"|(?:le )?jour de (?:Noel|l'An)|Vendredi saint|Saint-Jean(?:-Baptiste)?|l'Action de graces?"
    r"|fete (?:du Canada|du Travail|des meres|des peres))"
)

STREETS = "street st avenue ave road rd drive dr boulevard blvd crescent cres cr cir hts lane terrace parkway pkwy sideroad"
STREET = either(STREETS.split())
RUES = "rue chemin ch avenue av boulevard boul rang allee montee impasse promenade croissant ruelle place"
RUE = rf"(?i:(?:{either(RUES.split())})\b\.?)"
LANDMARKS = (
    "lake bay park mall arena church hotel motel inn plaza apartment apartments manor lodge villa tower towers residence residences island"
    " beach river hall library bridge mine camp centre center clinic shelter house place court tavern pub bar restaurant cafe pizza garage"
    " store"
)
LIEUX = (
    "lac baie parc arena hotel motel eglise paroisse manoir residence foyer villa ile plage riviere pont mine camp centre boulangerie"
    " depanneur pharmacie salon club gym quincaillerie boucherie patisserie pizzeria brasserie bistro cinema theatre ferme scierie usine"
    " moulin chalet pourvoirie marina camping cimetiere chapelle cathedrale temple mosquee librairie friperie patinoire piscine stade"
    " complexe pavillon domaine coop cooperative escale halte"
    " restaurant epicerie garage maison clinique refuge auberge taverne bar cafe bibliotheque immeuble tour tours"
)

PERSON = (
    r"he|she|they|who|boy|girl|youth|child|kid|teen|teenager|son|daughter|brother|sister|sibling|mother|father|mom|dad|person|man|woman"
    r"|student|senior|male|female|oldest|youngest|eldest|victim|partner|girlfriend|boyfriend|friend|cousin|nephew|niece"
)
UNITS = r"(?:days?|weeks?|months?|years?|hours?|times?|minutes?|pm|am|jours?|semaines?|mois|ans|heures?|fois|h|kg|lbs?|km|pills?|calls?)"
NUMBER_IN_WORDS = rf"(?:{EN_NUMBER}|{FR_NUMBER})"
PEOPLE_OF_AN_AGE = (
    r"boys?|girls?|sons?|daughters?|kids?|child|children|twins?|brothers?|sisters?|siblings?|teens?|youths?|students?|grandsons?|granddaughters?"
    r"|garcons?|filles?|fils|enfants?|jumeaux|jumelles|freres?|soeurs?|ados?|adolescente?s?|jeunes?|eleves?|petits?|petites?|males?|females?"
    r"|gars|ti-gars|gamine?s?|fillettes?|dames?|monsieur|vieux|vieille|man|woman|men|women|homme|femme|hommes|femmes|mother|father|mere|pere|client|cliente|client|tenant|locataire"
)
AFTER_BARE_AGE = (
    r"(?=[ ]?(?:[.,;:!?)]|$|\n|(?:has|had|is|was|lives|lived|does|says|said|goes|keeps|needs|takes|and"
    r"|but|with|now|who|or|when|so|because|today|tomorrow|last|this|next|in|on)\b))"
)

DIRECTION = r"(?:[ ](?:East|West|North|South|Est|Ouest|Nord|Sud|[EWNS])\b)?"
NOT_A_TIME = r"(?![ ](?:times?|nights?|days?|weeks?|months?|years?|hours?|fois|nuits?|jours?|semaines?|mois|ans|heures?)\b)"

ABBREVIATION = re.compile(r"(?:\b[A-Za-z]|\b(?:mr|mrs|ms|mx|dr|dre|mme|mlle|st|ste|prof|sgt|cst|const|det|rev|fr|hon|vs|apt))\.$", re.I)
LONGEST_ABBREVIATION = 12  # its point, and what shows that a word begins there, counted in


def starts_sentence(plain: str, at: int) -> bool:
    """Whether a capital here may be that of a sentence."""
    while at and plain[at - 1] in " \"'([{*":
        at -= 1
    before = plain[max(0, at - LONGEST_ABBREVIATION) : at]
    if not before or before[-1] in "!?:;\n":
        return True
    if before[-1] == "-":
        return len(before) == 1 or before[-2] in " \n"
    return before[-1] == "." and not ABBREVIATION.search(before)
