"""People by their title or initials, and letters that are not checked."""

from situations.deidentification.judging import (
    is_a_family_name,
    is_after_a_title,
    is_no_agency_in_points,
    is_no_type,
    is_not_ascii,
    is_unknown_or_written,
    names_a_person,
    names_a_person_alone,
    names_after_a_title,
)
from situations.deidentification.kinds import Kind
from situations.deidentification.pieces import CAPITALISED, either
from situations.deidentification.rules import rule
from situations.deidentification.words import FAMILY_NAMES_THAT_ARE_WORDS, KIN

PEOPLE = [
    rule(
        Kind.NAME,
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Drs?|Dre|Mme|Mmes|Mlle|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]octeure?|Prof|Sr|M\.|Me(?=[ ]))\.?[ ]",
        rf"(?P<name>{CAPITALISED}(?:[ ](?:(?:de la|de|van|von)[ ])?{CAPITALISED}){{0,2}})",
        words="mr mrs ms miss mx dr drs dre mme mmes mlle monsieur madame mademoiselle docteur docteure prof sr m me",
        accepts=names_after_a_title,
    ),
    rule(
        Kind.NAME,
        r"\b(?:mr|mrs|mme|mlle|ms|dr|dre|m(?=\.))\b\.?[ ](?P<mark_word>[a-z][a-z'-]{2,30})",
        words="mr mrs mme mlle ms dr dre m",
        accepts=is_after_a_title,
        any_case=True,
    ),
    rule(
        Kind.NAME,
        r"\b(?:monsieur|madame|mademoiselle|docteure?)[ ](?P<mark>(?P<mark_word>[a-z][a-z'-]{2,30}))\b",
        words="monsieur madame mademoiselle docteur docteure",
        accepts=is_a_family_name,
        any_case=True,
    ),
    # «Le fils Petit», «l'agente Boucher»: a family name that is a word, too.
    rule(
        Kind.NAME,
        rf"\b(?i:famille|agente?|sergente?|gendarme|mononcle|matante|memere|pepere|veuve|denommee?|certaine?|me|freres|soeurs|parents"
        rf"|{either(KIN)})[ ](?P<mark>(?:{either(map(str.capitalize, FAMILY_NAMES_THAT_ARE_WORDS))}))\b",
        words=" ".join(FAMILY_NAMES_THAT_ARE_WORDS),
    ),
    rule(
        Kind.NAME,
        r"\b(?:named|nicknamed|aka|a\.k\.a\.|alias|nommee?|prenommee?|surnommee?|s'appelle)[ ][\"']?(?P<mark>[a-z][a-z'-]{1,30})",
        parts="a.k.a.",
        words="named nicknamed aka alias nomme nommee prenomme prenommee surnomme surnommee appelle",
        accepts=is_unknown_or_written,
        any_case=True,
    ),
    rule(Kind.NAME, r"\b[Tt]i-[A-Za-z]{2,20}\b(?<!gars)", parts="ti-"),
    # A street name or by-name, whatever word it is.
    rule(
        Kind.NAME,
        r"\b(?i:goes by|known as|known on the street as|street name(?: is)?|calls (?:him|her)self"
        r"|they call (?:him|her)|everyone calls (?:him|her)|nickname(?: is)?",
        r"|on l'appelle|qu'on appelle|se fait appeler|connue? (?:comme|sous le nom de)|surnom(?: de)?|dite?)[ ](?:the[ ]|le[ ]|la[ ])?\"?",
        r"(?P<mark>[A-Z][A-Za-z'-]*(?:[ ][A-Z][A-Za-z'-]*){0,2})",
        words="goes known street calls call nickname appelle appeler connu connue surnom dit dite",
    ),
    rule(
        Kind.NAME,
        r"\b(?:Cst|Const|Sgt|Det|Insp|Supt|Constable|Officer|Nurse|Pastor|Father|Coach|Elder|Chief|Uncle|Aunt|Auntie|Judge|Justice|Principal|Imam|Rabbi",
        r"|Tante|Oncle|Mononcle|Matante|Soeur|Frere|Pere|Sergent|Sergente|Agente?|Cure|Abbe|Juge|Granny|Nana|Papa|Kokum|Doc)\.?[ ]",
        rf"(?P<name>{CAPITALISED}(?:[ ]{CAPITALISED}){{0,1}})",
        words="cst const sgt det insp supt constable officer nurse pastor father coach elder chief uncle aunt auntie judge"
        " justice principal imam rabbi"
        " tante oncle mononcle matante soeur frere pere sergent sergente agent agente cure abbe juge granny nana papa kokum doc",
        accepts=names_a_person,
    ),
    # A role and a name in a list: «Père : Rod».
    rule(
        Kind.NAME,
        rf"\b(?i:{either(KIN)}|chum|blonde|temoin|victime|agresseur|vendeur|pusher)[ ]?[:=][ ]?(?P<mark>[A-Z][a-z]{{2,20}})\b",
        parts=": =",
        accepts=names_a_person_alone,
    ),
    # Initials: two or three, or one before a verb.
    rule(Kind.NAME, rf"(?<![\w.])[A-Z]\.-[A-Z]\.[ ]{CAPITALISED}", parts=".-"),
    rule(Kind.NAME, r"(?<![\w.])(?:[A-Z]\.[ -]?){1,2}[A-Z]\.(?!\w)", parts=".", accepts=is_no_agency_in_points),
    rule(Kind.NAME, r"(?<![\w.])[A-LN-Z]\.(?=[ ][a-z]|'s)", parts=".", accepts=is_no_type),
    # A month or a season that is someone's name.
    rule(
        Kind.NAME,
        rf"\b(?:{either(KIN)}|with|avec|chez|(?:dit|parle|texte|ecrit) a|peur de)[ ]",
        r"(?P<mark>Faith|April|May|June|August|Summer|Autumn|Will|Crystal|Christian)\b(?![ ]\d)",
        words="faith april may june august summer autumn will crystal christian",
    ),
    # At the head of a sentence: "Will was released", "Faith, her sister".
    rule(
        Kind.NAME,
        r"(?<![A-Za-z] )\b(?P<mark>Will|Christian|Crystal|Faith)(?=[ ](?:is|was"
        r"|has|had|left|lives|says|said|went|est|a|avait)\b(?! going))",
        words="will christian crystal faith",
    ),
    rule(
        Kind.NAME,
        r"\b(?P<mark>[A-Z][a-z]{2,20})(?=,[ ](?:her|his|their|my|sa|son|leur|the)[ ](?:[a-z]+[ ])?"
        rf"(?:{either(KIN)})\b)",
        parts=",",
        accepts=names_a_person_alone,
    ),
    rule(Kind.OTHER_SCRIPT, r"[^\W\d_a-zA-Z](?:[^\W_]|[ '-](?=[^\W\d_a-zA-Z]))*", accepts=is_not_ascii),
]
