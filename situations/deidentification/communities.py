"""First Nations, schools and workplaces."""

from situations.deidentification.judging import names_a_school, names_something
from situations.deidentification.kinds import Kind
from situations.deidentification.pieces import NAMED, NOMME
from situations.deidentification.rules import rule

COMMUNITIES_SCHOOLS_WORKPLACES = [
    rule(
        Kind.FIRST_NATION,
        rf"\b(?P<name>{NAMED})[ ](?:(?i:first nations?|reserve|reservation|unceded territory|anishi?naw?a?bek)|FN|IR)\b",
        parts="nation reserv territory anish",
        words="fn ir",
        accepts=names_something,
    ),
    rule(
        Kind.FIRST_NATION,
        r"\b(?i:premieres? nations?|reserve)[ ](?:(?i:indienne|ojibwee?|crie|anishinabe)[ ])?(?i:at|of|in|des|de|d')[ ]?",
        rf"(?P<name>{NOMME})",
        words="nation nations reserve",
        accepts=names_something,
    ),
    rule(
        Kind.FIRST_NATION,
        rf"\b(?i:first nation|band|reserve)[ ](?:of|at)[ ](?:the[ ])?(?P<name>{NAMED})",
        words="nation band reserve",
        accepts=names_something,
    ),
    rule(
        Kind.SCHOOL,
        rf"\b(?P<name>{NAMED})[ ]",
        r"(?:(?i:public|catholic|secondary|elementary|high|middle|primary|composite|district|vocational)[ ]){0,3}",
        r"(?P<type>(?i:school|collegiate|academy|college|university|daycare|preschool)|PS|SS|HS|CVI)\b",
        words="school collegiate academy college university daycare preschool ps ss hs cvi",
        accepts=names_a_school,
    ),
    rule(
        Kind.SCHOOL,
        r"\b(?i:ecole|college|universite|garderie|cegep|lycee|academie|polyvalente)[ ]",
        r"(?:(?i:secondaire|elementaire|primaire|publique|catholique|intermediaire|francaise|anglaise|separee|alternative)[ ]){0,4}",
        rf"(?P<name>{NOMME})",
        words="ecole college universite garderie cegep lycee academie polyvalente",
        accepts=names_something,
    ),
    rule(
        Kind.SCHOOL,
        r"\b(?i:attend(?:s|ed|ing)?|(?:student|pupil) at|enrolled (?:at|in)|(?:expelled|suspended) from|frequent(?:e|ait|ent)",
        rf"|eleve (?:a|de)|etudiante? a|inscrite? au?|etudie au?)[ ](?:(?:the|la|le)[ ]|l')?(?P<mark>(?P<name>{NAMED}))",
        parts="attend student pupil enrolled expelled suspended frequent eleve etudi inscrit",
        accepts=names_something,
    ),
    rule(
        Kind.WORKPLACE,
        r"\b(?i:works?|working|worked|employed|job|shifts?|employee|fired|laid off|manager|boss|cook|cashier|clerk)[ ]",
        rf"(?:[a-z]{{1,12}}[ ]){{0,2}}?(?:at|for|by|from)[ ](?:the[ ]|a[ ])?(?P<mark>(?P<name>{NAMED}))",
        parts="work employ job shift fired laid manager boss cook cashier clerk",
        accepts=names_something,
    ),
    rule(
        Kind.WORKPLACE,
        r"\b(?i:travaill\w{1,6}|employee?|emploi|boulot|poste|quart|congediee?|caissiere?|commis|gerante?|patron)[ ]",
        rf"(?:[a-z]{{1,12}}[ ]){{0,2}}?(?:chez|au|a la|a l'|a|pour|par)[ ]?(?P<mark>(?P<name>{NOMME}))",
        parts="travaill emplo boulot poste quart congedie caissi commis gerant patron",
        accepts=names_something,
    ),
    rule(
        Kind.WORKPLACE,
        rf"\b(?P<mark>(?P<name>{NAMED})),?[ ](?:where|which)[ ](?:he|she|they)[ ](?:works?|worked)\b",
        parts="work",
        accepts=names_something,
    ),
    rule(
        Kind.WORKPLACE,
        rf"\b(?P<mark>(?:[A-Z][a-z]{{2,15}}[ ])?(?P<name>{NOMME})),?[ ]ou[ ](?:il|elle)[ ]travaill",
        parts="travaill",
        accepts=names_something,
    ),
]
