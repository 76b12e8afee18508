"""Exact ages and school grades."""

from situations.deidentification.judging import (
    is_exact_age,
    is_french_age,
    is_more_than_a_few,
    is_of_a_known_name,
    is_of_a_person,
    is_someones,
)
from situations.deidentification.kinds import Kind
from situations.deidentification.pieces import (
    AFTER_BARE_AGE,
    AGE_LIST,
    ENGLISH_TENS,
    ENGLISH_UNITS,
    NUMBER_IN_WORDS,
    PEOPLE_OF_AN_AGE,
    PERSON,
    UNITS,
    either,
)
from situations.deidentification.rules import DIGIT, rule
from situations.deidentification.words import KIN

AGES = [
    rule(
        Kind.AGE,
        rf"\b{AGE_LIST}[ -]{{0,2}}(?:years?|yrs?|months?|weeks?|days?|mths?)[ -](?:olds?|of age)\b",
        words="old olds age",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(
        Kind.AGE,
        rf"\b(?:aged?|ages|age of|agee?s? de|age:)[ ]?:?[ ](?P<mark>{AGE_LIST}",
        r"(?:[ ](?:years?|ans|mois|semaines|jours|months?|weeks?))?)\b",
        words="age aged ages agee agees",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(Kind.AGE, rf"\b{AGE_LIST}[ ]?(?:y/?o|y\.o\.?)(?!\w)", parts="yo y/o y.o", accepts=is_exact_age, any_case=True),
    rule(Kind.AGE, r"(?<![$\d.,-])\b[1-9]\d[ -]?[MF]\b(?!\$)", parts=DIGIT),
    rule(
        Kind.AGE,
        rf"\b(?:{PERSON})(?:'s|'re|[ ](?:is|are|was|were))(?:[ ](?:only|just|almost|about|now))?[ ](?P<mark>{AGE_LIST}){AFTER_BARE_AGE}",
        parts=DIGIT,
        words=ENGLISH_UNITS + " " + ENGLISH_TENS,
        accepts=is_exact_age,
        any_case=True,
    ),
    # "Her son, 12, …", "Kevin (12)".
    rule(
        Kind.AGE,
        rf"(?:\b(?i:{PERSON}|{either(KIN)})|\b(?P<who>[A-Z][a-z]{{2,20}}))(?:,[ ]|[ ]\()(?P<mark>\d{{1,2}})(?=,[ ][a-z(]|\))",
        parts=", (",
        accepts=is_someones,
    ),
    rule(
        Kind.AGE,
        rf"\b(?:{PEOPLE_OF_AN_AGE})[ ](?:are|were|is|was|ont|have)[ ](?:only[ ]|just[ ])?(?P<mark>{AGE_LIST}){AFTER_BARE_AGE}",
        words="are were is was ont have",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(
        Kind.AGE,
        rf"\b(?:he|she|they|who)(?:'ll be|[ ]will be|[ ]would be|[ ]became)[ ](?P<mark>{AGE_LIST}){AFTER_BARE_AGE}",
        words="ll will would became",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(
        Kind.AGE,
        rf"\b(?:at|when only)[ ](?P<mark>{AGE_LIST}),?[ ](?:he|she|they|his|her)\b",
        words="at when",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(
        Kind.AGE,
        r"(?:^|[.;:][ ])(?P<mark>1\d|[2-9]\d)(?=,[ ][a-z]|[ ](?:and|et)[ ](?:pregnant|alone"
        r"|homeless|missing|using|suicidal|living|already|still|enceinte|seule?)\b)",
        parts=DIGIT,
    ),
    rule(
        Kind.AGE,
        rf"\b(?:male|female|boy|girl|youth|homme|femme|garcon|fille|man|woman|teen|ado|senior|mom|mother)[ ](?P<mark>[1-9]\d?)"
        rf"(?=[ ]?[,.;)]|$|[ ](?!{UNITS}\b)[a-z])",
        words="male female boy girl youth homme femme garcon fille man woman teen ado senior mom mother",
        any_case=True,
    ),
    rule(Kind.AGE, r"\b(?:JK|SK)\b(?=[ ](?:student|class|kid|pupil|teacher)|[,.;]|$)", words="jk sk"),
    # "A girl of 13", «deux garçons de 7 et 10», «elle a 13,».
    rule(
        Kind.AGE,
        rf"\b(?:{PEOPLE_OF_AN_AGE}|gars|guy|ti-gars|vieux|vieille|monsieur|madame|dame)[ ](?:de|of)[ ](?P<mark>{AGE_LIST})"
        r"(?=[ ]?[,.;:)]|$|[ ](?:qui|a(?![ ]\d)|et|est|en|dans|avec|sans|se|ne|vit|chez|au|who|and|is|was|has|in|at|with)\b)",
        words="de of",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(
        Kind.AGE,
        r"\b(?:a|ont|avait)[ ](?:juste[ ]|seulement[ ]|deja[ ])?"
        rf"(?P<mark>{AGE_LIST})(?=[ ]?[,.;:)]|$|[ ](?:et|mais|pis)[ ])",
        words="a ont avait",
        accepts=is_of_a_person,
        any_case=True,
    ),
    # "Two boys, 4 and 11,", "both 12,", "and Cassandra who is 10 has", ", nineteen,", "Hannah P. 16 missing", "colton 15 left".
    rule(
        Kind.AGE,
        rf"\b(?:{PEOPLE_OF_AN_AGE})[ ]?(?:,[ ]|\(|:[ ])(?:all |both |now |only "
        rf"|aged |agee?s? de )?(?P<mark>{AGE_LIST})(?=[ ]?(?:[,.;)]|$))",
        parts=", ( :",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(
        Kind.AGE,
        rf"\b(?:both|each|all|tous deux|toutes deux)[ ](?:only[ ]|aged[ ])?(?P<mark>{AGE_LIST})(?=[,.;)]|$)",
        words="both each all deux",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(Kind.AGE, rf"(?<=,[ ])(?P<mark>(?P<numbers>{NUMBER_IN_WORDS}))(?=,)", parts=",", accepts=is_more_than_a_few, any_case=True),
    rule(
        Kind.AGE,
        r"\b(?P<who>[A-Za-z][a-z]{2,20})(?:[ ][A-Za-z]\.)?,?[ ]\(?(?P<mark>[1-9]\d?)"
        rf"(?=[ ]?[,.;)]|$|[ ](?!{UNITS}\b)[a-z])",
        parts=DIGIT,
        accepts=is_of_a_known_name,
    ),
    rule(
        Kind.AGE,
        rf"\b(?:{PERSON}|{either(KIN)})[ ](?:who|qui)(?:'s|[ ](?:is|was|just turned"
        rf"|a))[ ](?P<mark>{AGE_LIST})\b(?![ ](?:of|months?|weeks?|days?))",
        words="who qui",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(
        Kind.AGE,
        rf"\bwho(?:'s|[ ](?:is|was|just turned))[ ](?:only[ ]|just[ ]|about[ ])?(?P<mark>{AGE_LIST}){AFTER_BARE_AGE}",
        words="who",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(
        Kind.AGE,
        rf"\bturn(?:s|ed|ing)?[ ](?:only[ ]|just[ ])?(?P<mark>{AGE_LIST})\b(?![ ](?:times|people|days|weeks|months|of|percent|degrees))",
        words="turn turns turned turning",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(Kind.AGE, rf"\b{AGE_LIST}[ ]?ans\b", parts="ans", accepts=is_french_age, any_case=True),
    rule(
        Kind.AGE,
        r"\b(?:bebe|nourrisson|poupon|nouveau-ne|newborn|baby|infant|fille|fils|garcon|enfant)[ ](?:de|of|a|is|was)[ ](?:only[ ])?",
        rf"(?P<mark>{AGE_LIST}[ ](?:mois|semaines|jours|months|weeks))\b",
        words="mois semaines jours months weeks",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(
        Kind.AGE,
        r"\b(?P<numbers>\d{1,3})(?:st|nd|rd|th|e|ieme|eme)[ ](?:birthday|anniversaire)\b",
        words="birthday anniversaire",
        any_case=True,
    ),
    rule(
        Kind.AGE,
        rf"\b(?:grade|grades|gr)\.?[ ]?(?P<grade>1[0-2]|[1-9]|{either(ENGLISH_UNITS.split()[:12])})\b(?![/-]\d)",
        words="grade grades gr",
        parts="gr1 gr2 gr3 gr4 gr5 gr6 gr7 gr8 gr9",
        any_case=True,
    ),
    rule(
        Kind.AGE,
        r"\b(?P<grade>1[0-2]|[1-9])(?:(?:st|nd|rd|th)[ -]grade(?:rs?)?|(?:re|e|ieme"
        r"|eme)[ ](?:annee|secondaire|sec))\b(?![ ](?:d['e]|consecutive))",
        words="grade grader graders annee secondaire sec",
        any_case=True,
    ),
    rule(
        Kind.AGE,
        r"\b(?:secondaire|sec)\.?[ ][1-5]\b|\b(?<=en )(?:1[0-2]|[1-9])e\b(?=[ ]?[,.;)]|[ ](?:a|au|et|qui|dans)\b|$)",
        words="secondaire sec en",
        any_case=True,
    ),
    rule(Kind.AGE, r"\b(?:kindergarten|maternelle)\b", words="kindergarten maternelle", any_case=True),
    rule(
        Kind.AGE,
        r"\b(?:eleve|etudiante?|ado|jeune|finissante?)[ ](?:de|en)[ ](?P<mark>(?:1[0-2]|[1-9])e)\b",
        words="eleve etudiant etudiante ado jeune finissant finissante",
        any_case=True,
    ),
    rule(Kind.AGE, r"\b(?:sec|secondaire)\b\.?[ ](?:I{1,3}|IV|V)\b", words="sec secondaire"),
    rule(
        Kind.AGE,
        r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
        r"|twelfth)[ -]graders?\b|\b(?:ninth|tenth|eleventh|twelfth)[ ]grade\b",
        words="grade grader graders",
        any_case=True,
    ),
    rule(
        Kind.AGE,
        rf"\b(?:is|was)[ ](?:only|just|barely|not even)[ ](?P<mark>{AGE_LIST}){AFTER_BARE_AGE}",
        words="only just barely even",
        accepts=is_exact_age,
        any_case=True,
    ),
]
