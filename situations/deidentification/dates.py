"""Dates and holidays."""

from situations.deidentification.judging import is_a_month_and_day
from situations.deidentification.kinds import Kind
from situations.deidentification.pieces import DAY, FR_NUMBER, HOLIDAY, MONTH, MONTHS, ORDINAL, UNITS, WEEKDAY, WEEKDAYS, YEAR
from situations.deidentification.rules import DIGIT, rule

DATES = [
    rule(
        Kind.DATE,
        rf"\b(?:on[ ]|le[ ])?(?:{YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:{YEAR}|\d\d))\b",
        parts=DIGIT,
        any_case=True,
    ),
    rule(
        Kind.DATE,
        rf"\b(?P<cue>(?P<on>on|le)[ ])?(?:{WEEKDAY},?[ ])?(?:(?:the|le)[ ])?",
        rf"(?:{DAY}(?:er)?(?:[ ]?[-/][ ]?|,?[ ](?:au|et|ou|to|and)[ ](?:le[ ])?))?",
        rf"(?:{DAY}(?P<ordinal>st|nd|rd|th|er|e)?|{ORDINAL}|{FR_NUMBER})[ -](?:of[ ])?",
        rf"(?P<month>{MONTH})(?P<year>,?[ ]{YEAR}\b|[ ](?:dernier|prochain)\b)?",
        words=MONTHS,
        accepts=is_a_month_and_day,
        any_case=True,
    ),
    rule(
        Kind.DATE,
        rf"\b(?P<cue>(?:since|until|by|before|after|depuis)[ ])?(?P<mark>(?P<on>(?:on|le)[ ])?(?:{WEEKDAY},?[ ])?",
        rf"(?P<month>{MONTH})[ ](?:the[ ])?(?:{DAY}(?P<ordinal>st|nd|rd|th)?|{ORDINAL})\b(?P<year>,?[ ]{YEAR}\b)?)",
        words=MONTHS,
        accepts=is_a_month_and_day,
        any_case=True,
    ),
    rule(Kind.DATE, rf"\b{MONTH},?[ ](?:of[ ]|de[ ])?{YEAR}\b", words=MONTHS, any_case=True),
    rule(
        Kind.DATE,
        rf"\b{WEEKDAY},?[ ](?:the|le)[ ]{DAY}(?:st|nd|rd|th|er)?\b|\b{WEEKDAY},?[ ]{DAY}(?:st|nd|rd|th|er)\b",
        words=WEEKDAYS,
        any_case=True,
    ),
    rule(
        Kind.DATE,
        rf"\b(?:on|by|until|before|since|after|for|of)[ ](?P<mark>the[ ]{DAY}(?:st|nd|rd|th))",
        r"(?=[ ]?(?:[.,;:!?)]|$|\n|(?:and|of|at|but|because|with|for|if|unless|when|she|he|they)\b))",
        parts=DIGIT,
        any_case=True,
    ),
    rule(
        Kind.DATE,
        rf"\ble[ ]{DAY}(?:er)?(?=[ ]?(?:[.;:!?)]|,(?![ ](?:rue|chemin|avenue|av|boul))|$|\n",
        r"|(?:dernier|prochain|courant|au|et|pour|si|il|elle|on|ils|elles|mais|pis|sans|avec|chez|devant|dans|dernier)\b))",
        parts=DIGIT,
        any_case=True,
    ),
    rule(
        Kind.DATE,
        rf"\b(?:jusqu'|d'ici )au[ ](?P<mark>{DAY})\b(?=[ ]?[,.;:!?)]|$|[ ](?!{UNITS}\b)[a-z])(?!,?[ ](?:rue|chemin|avenue|boul)|:\d|[ ]?%)",
        words="jusqu ici",
        any_case=True,
    ),
    rule(
        Kind.DATE,
        rf"\b(?:on|since|by|until|before|after|le|du|depuis|dated|avant|dob:?)[ ](?P<mark>(?!24/7|50/50){DAY}/{DAY})(?![/\d])",
        parts="/",
        any_case=True,
    ),
    rule(Kind.DATE, r"(?<![\w/.,$])(?:0[1-9]/(?:[0-2]\d|3[01])|(?:[12]\d|3[01])/0[1-9])(?![\w/%])", parts="/"),
    rule(
        Kind.DATE,
        rf"\b(?:{HOLIDAY}|(?:le )?(?:soir|matin|lendemain|reveillon) (?:de Noel|du jour de l'An|de Paques))",
        words="day eve halloween thanksgiving friday easter noel an saint grace graces canada travail meres peres",
        any_case=True,
    ),
    rule(Kind.DATE, rf"\b(?:born|nee?|naissance|birth|dob)(?:[ ](?:in|en)|:)?[ ](?P<mark>{YEAR})\b", parts="19 20", any_case=True),
    rule(
        Kind.DATE,
        rf"\b(?:nuit|soir|soiree|matin|matinee|journee)[ ](?P<mark>du[ ]{DAY}(?:[ ]au[ ]{DAY})?)(?![ ]?[hH%]|\d)",
        words="nuit soir soiree matin matinee journee",
        any_case=True,
    ),
    rule(
        Kind.DATE,
        rf"\b(?:{WEEKDAY},?[ ](?:le[ ])?{DAY}(?=[ ]?[,.;)]|$|[ ](?!{UNITS}\b)[a-z])(?!,?[ ]\d)|le[ ]{DAY}[ ]du[ ]mois\b"
        rf"|(?<=born[ ]in[ ])'?\d\d\b|(?<=nee[ ]en[ ])\d\d\b|(?<=ne[ ]en[ ])\d\d\b)",
        words=f"{WEEKDAYS} mois born ne nee",
        any_case=True,
    ),
]
