"""People by their title or initials, and letters that are not checked."""

from situations.deidentification.judging import is_no_agency_in_points, is_no_ordinary_word, is_no_type, is_not_ascii, names_something
from situations.deidentification.kinds import Kind
from situations.deidentification.pieces import CAPITALISED, either
from situations.deidentification.rules import rule
from situations.deidentification.words import KIN

PEOPLE = [
    rule(
        Kind.NAME,
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Drs?|Dre|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Docteure?|Prof|M\.|Me(?=[ ]))\.?[ ]",
        rf"(?P<name>{CAPITALISED}(?:[ ](?:(?:de la|de|van|von)[ ])?{CAPITALISED}){{0,2}})",
        words="mr mrs ms miss mx dr drs dre mme mmes mlle monsieur madame mademoiselle docteur docteure prof m me",
        accepts=names_something,
    ),
    rule(Kind.NAME, r"\b(?:mr|mrs|mme|mlle)\b\.?[ ][a-z][a-z'-]{1,30}", words="mr mrs mme mlle", any_case=True),
    rule(
        Kind.NAME,
        r"\b(?:named|nicknamed|aka|a\.k\.a\.|alias|nommee?|prenommee?|surnommee?|s'appelle)[ ][\"']?(?P<mark>[a-z][a-z'-]{1,30})",
        parts="a.k.a.",
        words="named nicknamed aka alias nomme nommee prenomme prenommee surnomme surnommee appelle",
        accepts=is_no_ordinary_word,
        any_case=True,
    ),
    # Initials: two or three, or one before a verb.
    rule(Kind.NAME, r"(?<![\w.])(?:[A-Z]\.[ ]?){1,2}[A-Z]\.(?!\w)", parts=".", accepts=is_no_agency_in_points),
    rule(Kind.NAME, r"(?<![\w.])[A-LN-Z]\.(?=[ ][a-z]|'s)", parts=".", accepts=is_no_type),
    # A month or a season that is someone's name.
    rule(
        Kind.NAME,
        rf"\b(?:{either(KIN)})[ ](?P<mark>April|May|June|August|Summer|Autumn|Will|Crystal|Christian)\b(?![ ]\d)",
        words="april may june august summer autumn will crystal christian",
    ),
    rule(Kind.OTHER_SCRIPT, r"[^\W\d_a-zA-Z](?:[^\W_]|[ '-](?=[^\W\d_a-zA-Z]))*", accepts=is_not_ascii),
]
