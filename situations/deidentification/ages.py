"""Exact ages and school grades."""

from situations.deidentification.judging import is_exact_age, is_french_age, is_someones
from situations.deidentification.kinds import Kind
from situations.deidentification.pieces import AFTER_BARE_AGE, AGE_LIST, ENGLISH_TENS, ENGLISH_UNITS, PERSON, either
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
        rf"\bturn(?:s|ed|ing)?[ ](?:only[ ]|just[ ])?(?P<mark>{AGE_LIST})\b(?![ ](?:times|people|days|weeks|months|of|percent|degrees))",
        words="turn turns turned turning",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(Kind.AGE, rf"\b{AGE_LIST}[ ]ans\b", words="ans", accepts=is_french_age, any_case=True),
    rule(
        Kind.AGE,
        r"\b(?:bebe|nourrisson|poupon|baby|infant|fille|fils|garcon|enfant)[ ](?:de|of)[ ]",
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
    rule(Kind.AGE, rf"\bgrade[ ](?P<grade>1[0-2]|[1-9]|{either(ENGLISH_UNITS.split()[:12])})\b(?![/-]\d)", words="grade", any_case=True),
    rule(
        Kind.AGE,
        r"\b(?P<grade>1[0-2]|[1-9])(?:(?:st|nd|rd|th)[ -]grade(?:rs?)?|(?:re|e|ieme|eme)[ ]annee)\b(?![ ](?:d['e]|consecutive))",
        words="grade grader graders annee",
        any_case=True,
    ),
]
