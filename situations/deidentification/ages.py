"""Exact ages and school grades."""

from situations.deidentification.judging import (
    is_after_an_address,
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
    FRENCH_ORDINAL,
    NUMBER_IN_WORDS,
    ORDINAL_GRADE,
    PEOPLE_OF_AN_AGE,
    PERSON,
    UNITS,
    either,
)
from situations.deidentification.rules import DIGIT, rule
from situations.deidentification.words import KIN

GRADES_IN_FIGURES = " ".join(f"{grade}{ending}" for grade in range(1, 13) for ending in ("e", "ieme", "eme"))

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
        r"(?=[ ]?[,.;:)]|$|[ ](?:qui|a(?![ ]\d)|et|est|en|dans|avec|sans|se|ne|vit|chez|au|la|le|les"
        r"|lui|menace|frappe|veut|dort|who|and|is|was|has|in|at|with)\b)",
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
        rf"\b(?:{PEOPLE_OF_AN_AGE}|elle|lui)[ ]?(?:,[ ]|\(|:[ ])(?:all |both |now |only "
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
        rf"(?=[ ]?[,.;)]|$|(?<=\d\d)[ ](?!{UNITS}\b)[a-z])",
        parts=DIGIT,
        accepts=is_of_a_known_name,
    ),
    # "Kevin Roy, 34.", "Jean Tremblay of 12 Elm Street, 34, …", «au 12, rue des Ormes, 34, …»: bare, after a name or an address.
    rule(
        Kind.AGE,
        r"\b(?P<who>[A-Z][a-z]{2,20})(?:[ ][A-Z]\.)?[ ][A-Z][A-Za-z'-]{1,25},[ ](?P<mark>[1-9]\d?)(?=[ ]?[,.;)]|$)",
        parts=DIGIT,
        accepts=is_of_a_known_name,
    ),
    rule(
        Kind.AGE,
        r"\b\d{1,5}[A-Za-z]?,?[ ](?P<where>[A-Za-z'.-]{1,25}(?:[ ][A-Za-z'.-]{1,25}){0,4})(?:,[ ][A-Z][A-Za-z' -]{1,30})?",
        r",[ ](?P<mark>[1-9]\d?)(?=[ ]?[,.;)]|$)",
        parts=DIGIT,
        accepts=is_after_an_address,
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
    rule(Kind.AGE, rf"\b{AGE_LIST}[ ]?ans(?:[ ]et[ ]demie?)?\b", parts="ans", accepts=is_french_age, any_case=True),
    # «4 ans pis 6», «88 ans, lui 91», «H 42», «vient d'avoir 18», «aura 16 en juin».
    rule(
        Kind.AGE,
        r"\bans[ ]?,?[ ](?:(?:et|pis|puis|ou)[ ])?(?:(?:lui|elle|l'autre|son|sa|le|la)[ ](?:[a-z]{2,12}[ ])?)?",
        rf"(?P<mark>{AGE_LIST})(?=[ ]?[,.;:)]|$)",
        words="ans",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(Kind.AGE, r"(?:^|[.;:,(][ ]?)[FHM][ /]?(?P<mark>[1-9]\d(?:[ ]ans)?)(?=[ ]?[,.;:)]|$)", parts=DIGIT),
    rule(Kind.AGE, r"(?<![$\d.,-])\b[1-9]\d[ ]?a(?=[ ]?[,.;)]|$)", parts=DIGIT),
    rule(
        Kind.AGE,
        r"\b(?:vien(?:t|nent) (?:juste )?d'avoir|v(?:a|ont) avoir|aur(?:a|ont|ait)|fet(?:e|era|ait|er) ses|eu ses)[ ]",
        rf"(?P<mark>{AGE_LIST})(?=[ ]?[,.;:)]|$|[ ](?:et|mais|pis|en|dans|bientot|demain|hier)\b|[ ][a-z]{2, 6}di\b)",
        words="avoir aura auront aurait fete fetera fetait feter ses",
        accepts=is_exact_age,
        any_case=True,
    ),
    rule(
        Kind.AGE,
        r"\b(?:bebes?|bb|nourrissons?|poupons?|nouveau-nee?|newborn|baby|infant|filles?|fils|garcons?|enfants?|jumeaux|jumelles|bambine?s?"
        r"|petite?s?|tout-petit|petit-fils|petite-fille|soeur|frere|twins?|triplees?)",
        r"(?:[ ](?:de|of|a|ont|is|was)[ ](?:only[ ]|juste[ ])?|,?[ ]\(?)",
        rf"(?P<mark>{AGE_LIST}[ ](?:mois|semaines?|sem|jours|months|weeks)(?:[ ]et[ ]demie?)?)\b",
        words="mois semaine semaines sem jours months weeks",
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
        r"\b(?:\d{1,2}(?:e|ieme|eme)?(?:[ ]?[-/][ ]?|[ ](?:et|ou)[ ]))?(?P<grade>1[0-2]|[1-9])(?:(?:st|nd|rd|th)[ -]grade(?:rs?)?"
        r"|(?:re|ere|iere|e|ieme|iem|eme)[ ](?:annee|secondaire|sec))\b"
        r"(?![ ](?:d['e][ ]?(?!univ|colleg|secondaire|primaire|cegep|l'ecole|l'univ)|consecutive))",
        words="grade grader graders annee secondaire sec",
        any_case=True,
    ),
    rule(
        Kind.AGE,
        r"\b(?:secondaire|sec)\.?[ ][1-5]\b"
        r"|\b(?<=en )(?:1[0-2]|[1-9])(?:e|ieme|eme)\b(?=[ ]?[,.;:)]|[ ](?:a|au|et|qui|dans|ne|se|pas|cette|depuis|mais|pis|avec|chez)\b|$)",
        words="secondaire sec en",
        any_case=True,
    ),
    rule(
        Kind.AGE,
        r"\bkindergarten\b",
        r"|(?<!langue )(?<!mere )(?<!pere )(?<!famille )(?<!tante )(?<!oncle )(?<!cote )\b(?:pre-?)?maternelle\b"
        r"|\b(?:jardin d'enfants|(?<=eleve )(?:du|au|de) jardin)\b",
        words="kindergarten maternelle prematernelle jardin",
        any_case=True,
    ),
    # «en onzième année», «élève de neuvième», «en huitième,».
    rule(
        Kind.AGE,
        rf"\b(?:en|eleves?|filles?|fils|garcons?|ados?|jeunes?|petite?s?|classe|prof|enseignante?)[ ](?:(?:de|en)[ ])?"
        rf"(?P<mark>{FRENCH_ORDINAL}[ ]annee)\b(?![ ](?:d['e]|consecutive))"
        rf"|\b(?:en|eleve de|fille de|fils de|classe de|ado de)[ ](?:{either(ORDINAL_GRADE.split())})"
        r"(?=[ ]?[,.;:)]|$|[ ](?:et|a|au|qui|mais|pis)\b)",
        words=f"premiere deuxieme seconde troisieme {ORDINAL_GRADE}",
        any_case=True,
    ),
    rule(
        Kind.AGE,
        r"\b(?:eleves?|etudiante?|ados?|jeunes?|finissante?|filles?|fils|gars|garcons?|petite?s?|enfants?",
        r"|jumeaux|jumelles|classe|groupe)[ ](?:de|en)[ ](?:la[ ])?",
        r"(?P<mark>(?:1[0-2]|[1-9])(?:e|ieme|eme))\b(?![ ](?:generation|rang|place|etage|ligne|union|lit|mariage)\b)",
        words=GRADES_IN_FIGURES,
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
