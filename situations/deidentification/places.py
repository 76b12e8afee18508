"""Addresses, streets and named places."""

from situations.deidentification.judging import (
    is_a_run_of_capitals,
    is_after_a_title,
    is_no_known_word,
    is_no_phrase_of_the_street,
    is_no_street_before,
    is_no_way_of_a_street,
    names_a_place,
    names_something,
)
from situations.deidentification.kinds import Kind
from situations.deidentification.pieces import (
    CAPITALISED,
    DE,
    DIRECTION,
    FRENCH_ORDINAL,
    LANDMARKS,
    LIEUX,
    NAMED,
    NOMME,
    NOT_A_TIME,
    RUE,
    RUES,
    STREET,
    STREETS,
    UNITS,
    either,
)
from situations.deidentification.rules import DIGIT, rule

ADDRESSES_AND_PLACES = [
    rule(
        Kind.ADDRESS,
        rf"\b\d{{1,5}}(?:-?[A-Za-z])?(?:-\d{{1,4}})?,?[ ](?P<name>{CAPITALISED}(?:[ ]{CAPITALISED}){{0,2}})[ ]",
        rf"(?:(?i:{STREET})|Court|Crt|Ct|Way|Place|Circle|Trail|Line)\b{DIRECTION}",
        parts=DIGIT,
    ),
    rule(
        Kind.ADDRESS,
        rf"\b\d{{1,5}}[a-z]?[ ](?P<words>[a-z'-]{{2,20}}(?:[ ][a-z'-]{{2,20}}){{0,2}})[ ](?:{STREET}|court|way|place)\b",
        parts=DIGIT,
        accepts=is_no_phrase_of_the_street,
        any_case=True,
    ),
    rule(
        Kind.ADDRESS,
        rf"\b\d{{1,5}}[a-z]?,?[ ](?:rue|chemin|ch\.|avenue|av\.|boulevard|boul\.|rang|promenade|croissant)[ ]{DE}[a-z'-]{{2,30}}",
        parts=DIGIT,
        any_case=True,
    ),
    rule(Kind.ADDRESS, rf"\b\d{{1,5}}(?:-?[A-Za-z])?(?:-\d{{1,4}})?,?[ ]{RUE}[ ](?P<name>{NOMME}){DIRECTION}", parts=DIGIT),
    rule(
        Kind.ADDRESS,
        rf"(?<![$\d.,-])\b(?P<mark>(?:\d{{1,4}}-)?\d{{2,5}}[A-Za-z]?,?[ ](?P<name>{CAPITALISED}))(?![ ]?%)",
        parts=DIGIT,
        accepts=names_something,
    ),
    rule(
        Kind.ADDRESS,
        r"\b(?:apt|apartment|unit|suite|room|appartement|app|appt|chambre|logement|unite|porte"
        r"|local|lot|bloc|batiment|edifice|roulotte|p\.?o\.?[ ]box|box|boite postale|c\.p|casier postal)\b\.?[ ]?",
        rf"(?:#|no\.?|n°)?[ ]?\d{{1,5}}[A-Z]?\b{NOT_A_TIME}",
        parts=DIGIT,
        any_case=True,
    ),
    rule(
        Kind.STREET,
        rf"\b(?P<name>(?:{CAPITALISED}|\d{{1,3}}(?:st|nd|rd|th))(?:[ ]{CAPITALISED}){{0,2}})[ ]",
        rf"(?:(?i:{STREET})(?!\.[ ][A-Z][a-z]|-)|Way|Circle|Trail|Line)\b{DIRECTION}",
        words=f"{STREETS} way circle trail line",
        accepts=names_something,
    ),
    rule(
        Kind.STREET,
        r"\b(?P<words>[a-z'-]{2,20})[ ](?:street|avenue|ave|road|crescent|boulevard|blvd)\b",
        words="street avenue ave road crescent boulevard blvd",
        accepts=is_no_phrase_of_the_street,
        any_case=True,
    ),
    rule(Kind.STREET, r"\b\d{1,3}(?:st|nd|rd|th)[ ](?:street|avenue|ave|line|concession)\b", parts=DIGIT, any_case=True),
    rule(Kind.STREET, rf"\b{RUE}[ ](?P<name>{NOMME}){DIRECTION}", words=RUES, accepts=names_something),
    rule(
        Kind.STREET,
        r"\b(?:rue|avenue|boulevard|boul\.?)[ ](?:des?[ ]|du[ ]|de la[ ])?(?P<mark_word>[a-z]{3,20}(?:-[a-z]+){0,2})\b",
        words="rue avenue boulevard boul",
        accepts=is_no_way_of_a_street,
    ),
    rule(Kind.STREET, r"\brue principale\b", words="rue", any_case=True),
    # «4e Avenue», «24, 2e rang», «au 45 de la Montagne», «vit au 212 st-georges», «reste au 88 zulich».
    rule(
        Kind.STREET,
        r"\b(?:\d{1,5}[A-Z]?,?[ ])?(?:\d{1,3}(?:e|re|ieme|eme)[ ](?:avenue|ave|rang|concession|ligne)",
        rf"|{FRENCH_ORDINAL}[ ]avenue)\b{DIRECTION}",
        words="avenue ave rang concession ligne",
        any_case=True,
    ),
    rule(
        Kind.ADDRESS,
        rf"\b(?i:au|du|le|devant)[ ](?P<mark>\d{{1,5}}[A-Za-z]?,?[ ](?:de la |de l'|des |du |d'|de )(?P<name>{CAPITALISED}))",
        parts=DIGIT,
        accepts=names_something,
    ),
    rule(
        Kind.ADDRESS,
        r"\b\d{1,5}[a-z]?,?[ ](?:st|ste|saint|sainte)(?:\.[ ]?|[ -])(?P<mark_word>[a-z]{2,20}(?:['-][a-z]{1,20}){0,3})\b",
        parts=DIGIT,
        accepts=is_after_a_title,
        any_case=True,
    ),
    rule(
        Kind.ADDRESS,
        r"\b(?:vit|reste|habite|demeure|loge|adresse|couche|dort|appart|logement|maison)[ ](?:est |en haut |en bas )?(?:au|du)[ ]"
        r"(?!9-?1-?1\b)(?P<mark>\d{1,5}[a-z]?,?[ ](?P<mark_word>[a-z][a-z'-]{3,20}))\b",
        words="vit reste habite demeure loge adresse couche dort appart logement maison",
        accepts=is_no_known_word,
        any_case=True,
    ),
    rule(
        Kind.STREET,
        r"\b(?:\d{1,5}[A-Z]?,?[ ](?:rue[ ])?)?(?:highway|hwy|municipal road|route municipale|mr|rm|regional road|county road|rr"
        r"|sideroad|concession|route|autoroute|rte|chemin|rang)\.?[ ]#?\d{1,4}[A-Z]?\b",
        parts=DIGIT,
        any_case=True,
    ),
    rule(Kind.PLACE, rf"\b(?P<name>{NAMED})[ ](?i:{either(LANDMARKS.split())})\b", words=LANDMARKS, accepts=names_something),
    rule(Kind.PLACE, rf"\b(?i:{either(LIEUX.split())})[ ](?P<name>{NOMME})", words=LIEUX, accepts=names_a_place),
    rule(Kind.STREET, rf"\b(?:km|kilometre)[ ]\d{{1,4}}\b{NOT_A_TIME}", words="km kilometre", any_case=True),
    # A highway by its number alone: «sur la 17», "along 144".
    rule(
        Kind.STREET,
        rf"\b(?:(?:sur|de|pres de|bord de|long de|prend|prendre|traverse|par)[ ]la|on|off|along|down)[ ](?P<mark>(?:11"
        rf"|17|35|69|101|129|144|400|401|540|551|637))\b(?![ ]?(?:{UNITS}|e|%)\b)(?![.,:/-]\d)",
        words="la on off along down",
        any_case=True,
    ),
    # A corner of two streets, a saint's name, a stretch of capitals where one is or goes.
    rule(
        Kind.STREET,
        r"\b(?i:corner(?:[ ]of)?|coin(?:[ ]d(?:e|es|u))?|angle(?:[ ]d(?:e|es|u))?"
        r"|intersection(?:[ ](?:of|de))?|between|entre)[ ](?:la[ ]|les[ ]rues[ ])?",
        rf"(?P<mark>(?P<name>{CAPITALISED}(?:[ ]{CAPITALISED})?)[ ]?(?:and|et|pis|puis|&|/|at)[ ]?{CAPITALISED}(?:[ ]{CAPITALISED})?)",
        words="corner coin angle intersection between entre",
        accepts=names_something,
    ),
    rule(
        Kind.PLACE,
        r"\b(?:st|ste|saint|sainte)(?:\.[ ]?|-|[ ](?=[A-Z]))(?P<mark_word>[a-z]{2,20}(?:['-][a-z]{1,20}){0,3})",
        r"(?:[ ](?:college|school|high school|secondary|elementary|academy|hospital|church|parish|park|public school|catholic school))?\b",
        words="st ste saint sainte",
        accepts=is_no_street_before,
        any_case=True,
    ),
    rule(
        Kind.PLACE,
        r"\b(?:in|at|on|for|near|to|from|behind|outside|inside|around|by|of|a|au|aux|chez"
        r"|du|derriere|devant|dans|sur|pour)[ ](?:the[ ]|la[ ]|le[ ]|les[ ])?",
        rf"(?P<mark>{CAPITALISED}(?:[ ](?:(?:of|the|of the|de|du|des|de la)[ ])?{CAPITALISED}){{1,4}})",
        words="in at on for near to from behind outside inside around by of a au aux chez du derriere devant dans sur pour",
        accepts=is_a_run_of_capitals,
    ),
]
