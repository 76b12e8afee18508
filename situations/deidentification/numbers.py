"""Phone and record numbers, plates, mail addresses and names of accounts."""

from situations.deidentification.judging import (
    is_a_plate,
    is_a_plate_of_a_vehicle,
    is_a_record_number,
    is_an_account,
    is_no_agency,
    is_no_word_with_a_number,
    is_unknown,
)
from situations.deidentification.kinds import Kind
from situations.deidentification.rules import DIGIT, rule

NUMBERS_AND_NETWORKS = [
    rule(Kind.EMAIL, r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", parts="@", any_case=True),
    rule(
        Kind.EMAIL,
        r"\b(?:[\w+-]{1,30}[ ](?:point|dot|underscore|tiret)[ ]){0,3}[\w.+-]{1,64}[ ]",
        r"\(?(?:at|a|arobas\w{0,2})\)?[ ](?:gmail|hotmail|outlook"
        r"|yahoo|icloud|live)\b(?:[ .](?:dot|point|com|ca)[ ]?\w{0,3})?",
        words="gmail hotmail outlook yahoo icloud live",
        any_case=True,
    ),
    rule(
        Kind.HANDLE,
        r"\b(?:(?:https?://|www\.)[^\s]{1,200}|[\w-]{1,63}\.(?:com|ca|org|net|me|tv|cc|co|io|gg|link|app|info|fr)/[^\s]{1,200})(?<![.,;:!?)\"'])",
        parts="://  www. .com .ca .org .net .me .tv .co .cc .io .gg .link .app .info .fr",
        any_case=True,
    ),
    rule(Kind.HANDLE, r"(?<![\w.@])@[A-Za-z0-9_][\w.]{0,40}\w|(?<![\w#])#[A-Za-z]\w{2,40}|\b[\w.]{2,32}#\d{3,5}\b", parts="@ #"),
    rule(Kind.HANDLE, r"(?<![\w.@-])(?P<letters>[A-Za-z]{4,20})\d{2,4}(?![\w@-])", parts=DIGIT, accepts=is_no_word_with_a_number),
    rule(
        Kind.HANDLE,
        r"\b(?:snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|facebook|fb|discord|gamertag"
        r"|twitter|kik|telegram|reddit|roblox|xbox|psn|twitch|onlyfans)",
        r"(?:[ ](?:is|name|handle|account|user|username|as|under|est|c'est|nom|compte"
        r"|sous|le|de|d'usager|utilisateur|usager|the|au|nomme)){0,4}[ ]",
        r"(?P<mark>(?=[\w.-]*(?:[\d_]|\.\w))[\w.-]{3,40}\w)",
        parts="snap insta ig tik facebook fb discord gamertag twitter kik telegram reddit roblox xbox psn twitch onlyfans",
        any_case=True,
    ),
    rule(
        Kind.HANDLE,
        r"\b(?:snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|facebook|fb|discord|gamertag|twitter|kik|user ?name|pseudo|compte)",
        r"[ ]?[:=][ ]?(?P<mark>[\w.-]{2,40}\w)",
        parts=": =",
        accepts=is_an_account,
        any_case=True,
    ),
    # Between quotes after the word for an account, or as that which it is: «compte « la.grande »», «son snap c'est lilcass».
    rule(
        Kind.HANDLE,
        r"\b(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|facebook|fb|discord|kik|pseudo|compte|profil|account|profile)[^\".;:!?\n]{0,20}\"[ ]?",
        r"(?P<mark>[\w.-]{2,40}\w)[ ]?\"",
        parts='"',
        any_case=True,
    ),
    rule(
        Kind.HANDLE,
        r"\b(?:(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|discord|kik|compte)[ ](?:c'est|est|is)|pseudo|gamertag|username)[ ]",
        r"(?P<mark>[a-z][\w.-]{3,30})",
        words="snap snapchat insta instagram tik tiktok discord kik compte pseudo gamertag username",
        accepts=is_unknown,
        any_case=True,
    ),
    rule(
        Kind.HANDLE,
        r"(?<![\w.@-])(?P<mark>(?:[a-z]{2,20}[._]){1,3}[a-z]{2,20}\d{1,4}|[a-z0-9]{1,30}(?:_[a-z0-9]{1,20}){1,3}_?)(?![\w@])",
        parts=". _",
        any_case=True,
    ),
    rule(
        Kind.PHONE,
        r"(?<![\w-])(?:\+?1[ ./-]?)?\(?\d{3}\)?[ ./-]{0,2}\d{3}[ ./-]{0,2}\d{2}[ .-]?\d{2}(?:[ ]?(?:ext|poste|x)\.?[ ]?\d{1,5})?(?![\w-])",
        parts=DIGIT,
    ),
    rule(
        Kind.PHONE,
        r"(?<![\w-])\d{3}[ .-]\d{4}(?![\w-])|(?<![\w-])\d{3}[ .-]\d{2}[ .-]\d{2}(?![\w-])|\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}\b",
        parts=DIGIT,
    ),
    rule(Kind.POSTAL_CODE, r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d\b", parts=DIGIT, any_case=True),
    rule(Kind.POSTAL_CODE, r"\b[GHJKLMNP]\d[A-Z]\b", parts=DIGIT),
    # A record: digits with a hyphen or letters between them.
    rule(
        Kind.NUMBER,
        r"(?<![\w$.,/-])(?P<mark>[A-Z]{0,4}-?\d{2,6}(?:-[A-Z]{1,4})?-\d{4,12}|\d{2}-[A-Z]{1,4}-\d{2,12}|[A-Z]{1,4}-\d{2,4}-\d{2,12}"
        r"|[A-Z]{2,4}-?\d{3,12}|\d{2,4}[A-Z]{1,3}\d{2,10})(?![\w-])",
        parts=DIGIT,
        accepts=is_a_record_number,
    ),
    # A bank card, a record in three groups; a health card, then a social insurance number.
    rule(Kind.NUMBER, r"\b\d{4}(?:[ -]?\d{4}){2}[ -]?\d{3,4}\b|\b\d{4}[ -]\d{6}[ -]\d{5}\b|\b\d{2,5}-\d{3,5}-\d{3,5}\b", parts=DIGIT),
    rule(Kind.NUMBER, r"\b\d{4}[ -]?\d{3}[ -]?\d{3}(?:[ -]?[A-Z]{2}\b)?(?!\d)|\b\d{3}[ -]\d{3}[ -]\d{3}\b", parts=DIGIT, any_case=True),
    rule(
        Kind.NUMBER,
        r"\b(?:file|case|occurrence|incident|report|badge|mrn|chart|hcn|ohip"
        r"|health ?card|sin|record|client|dossier|rapport|matricule|nas|otn"
        r"|permis|licence|statut|iuc|uci|employe|etudiant|facture|assurance|greffe|cellule|warrant|mandat|court|cour|docket|greffe|account|reference|ref|claim|band|bande|reclamation|ticket|tag|inmate|ocsn",
        r"|carte ?(?:sante)?|passport|passeport|status card|treaty)(?:[ ](?:number|no|num|numero|id|is|est))*\b[ .:#-]{0,3}(?:n[o°])?[ ]?",
        r"(?P<mark>[A-Z]{0,4}[ -]?\d[\dA-Z-]{3,20})\b(?![ ]?[$%])",
        parts=DIGIT,
        accepts=is_a_record_number,
        any_case=True,
    ),
    rule(
        Kind.NUMBER,
        r"(?:\bno\.?|\bn°|\bnumero|\bnumber|#)[ ]?(?P<mark>[A-Z]{0,4}-?\d[\dA-Z-]{3,20})\b",
        parts=DIGIT,
        accepts=is_a_record_number,
        any_case=True,
    ),
    rule(Kind.NUMBER, r"\b[A-Z]{1,4}-?\d{5,12}\b|(?<![\d$.,])(?<!\$[ ])\b\d{6,16}\b(?![ ]?[$%])", parts=DIGIT),
    rule(Kind.PLATE, r"\b[A-Z]\d{4}-?\d{5}-?\d{5}\b", parts=DIGIT, any_case=True),
    rule(
        Kind.PLATE,
        r"\b(?:plates?|plaques?|tags?|licen[cs]e|immatricule?e?|immatriculation)(?:[ ](?:plate"
        r"|number|no|is|d'immatriculation|est|numero",
        r"|du quebec|de l'ontario|du manitoba|ontarienne|quebecoise|commencant par|commence par|debutant par|finissant par))*",
        r"[ .:#]{0,3}(?P<mark>[A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,5}(?:[ -][A-Z0-9]{2,4})?)\b",
        parts="plate tag plaque licen immatric",
        accepts=is_a_plate,
        any_case=True,
    ),
    rule(
        Kind.PLATE,
        r"\b(?i:camion|char|auto|voiture|pickup|truck|van|jeep|ram|vus|suv|civic|ski-?doo|vtt|roulotte|car|minivan)\b[^.;:!?\d]{0,25}[ ,(]",
        r"(?P<mark>(?P<letters>[A-Z]{2,4})[ -]?\d{2,3}[ -]?\d{2,3}|\d{3}[ -][A-Z]{3})\b",
        words="camion char auto voiture pickup truck van jeep ram vus suv civic ski skidoo vtt roulotte car minivan",
        accepts=is_a_plate_of_a_vehicle,
    ),
    rule(Kind.PLATE, r"\b[A-Z]\d{2}[ -](?P<letters>[A-Z]{3})\b", parts=DIGIT, accepts=is_no_agency),
    rule(Kind.PLATE, r"\b(?P<letters>[A-Z]{4})[ -]?\d{3}\b", parts=DIGIT, accepts=is_no_agency),
]
