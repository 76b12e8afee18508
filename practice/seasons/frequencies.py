"""How often what happens at an invented table.

The shares are the published figures of real tables where there are any (police the largest originator, two new situations a meeting,
about 72 in 100 closed with the risk lowered); all else is a placeholder, and no figure here says anything about a real town.
Numbers beside codes are weights: what counts is their proportion.
"""

from datetime import date
from math import log

NOTICE_OWED = ("FIPPA42", "MFIPPA32")
PLACE_TYPES = ("DWE", "NEI", "ENV")

TYPES = {"PER": 88, "FAM": 10, "GRP": 0.6, "DWE": 0.8, "NEI": 0.4, "ENV": 0.2}
AGES_UNDER_60 = {"0-5": 0.3, "6-11": 1.7, "12-17": 14, "18-24": 16, "25-29": 12, "30-39": 22, "40-59": 22}
SEXES = {"M": 50, "F": 48, "X": 1.2, "U": 0.8}
LANGUAGES = {"EN": 78, "FR": 18, "ANI": 1.6, "CRE": 0.6, "OTH": 1.2, "SGN": 0.2, "U": 0.4}
AFFECTED_AGES = {"0-5": 2, "6-11": 2, "12-17": 2, "18-24": 1.5, "25-29": 1.5, "30-39": 2, "40-59": 2, "60+": 1.5}
AFFECTED_COUNTS = {
    "PER": {0: 45, 1: 30, 2: 15, 3: 10},
    "GRP": {3: 1, 4: 1, 5: 1},
    "DWE": {2: 1, 3: 1, 4: 1},
    "NEI": {0: 1},
    "ENV": {0: 1},
}
HOW_IT_GOES = {"rejected": 6, "withdrawn": 2, "ended_early": 3, "responded": 89}
DEFERRED_FIRST = 0.05
# Of 100 situations the police bring 35, mental health and addictions 18; within each, agencies by their own weight.
ORIGINATORS = {"SEC-04": 35, "SEC-05": 18, "others": 47}
# Two factors at least; those above that with this mean and deviation, so that the whole has mean 8 and deviation 4.
FACTORS_LEAST = 2
FACTORS_MORE = (6.0, 4.0)
FACTORS_MOST = 26

# fmt: off
RISK_FACTORS = {
    "ALC-01": 5.4, "ALC-02": 0.8, "ALC-03": 1.6, "ALC-04": 0.5, "ALC-05": 0.8,
    "ANB-01": 0.9, "ANB-02": 3.6,
    "BAS-01": 0.7, "BAS-02": 0.4, "BAS-03": 2.2, "BAS-04": 1.3,
    "COG-01": 1.2, "COG-02": 0.5, "COG-03": 1.8,
    "VIC-01": 0.1, "VIC-02": 1.3, "VIC-03": 0.3, "VIC-04": 0.3, "VIC-05": 0.5, "VIC-06": 0.3, "VIC-07": 0.5, "VIC-08": 0.5,
    "VIC-09": 0.8,
    "CRI-00": 7.5, "CRI-01": 0.1, "CRI-02": 0.2, "CRI-03": 2.9, "CRI-04": 1.0, "CRI-05": 1.1, "CRI-06": 1.3, "CRI-07": 0.05,
    "CRI-08": 2.2, "CRI-09": 0.7, "CRI-10": 0.3, "CRI-11": 0.2, "CRI-12": 2.1, "CRI-13": 1.5,
    "DRG-01": 7.2, "DRG-02": 0.9, "DRG-03": 2.3, "DRG-04": 0.5, "DRG-05": 0.7,
    "ELD-01": 0.2, "ELD-02": 5.0,
    "EMO-01": 1.0, "EMO-02": 0.7, "EMO-03": 0.7, "EMO-04": 1.0,
    "GAM-01": 0.2, "GAM-02": 0.1, "GAM-03": 0.3, "GAM-04": 0.1,
    "GNG-01": 0.6, "GNG-02": 0.2, "GNG-03": 0.4, "GNG-04": 0.3,
    "HOU-01": 8.2, "HOU-02": 2.0,
    "MEN-01": 4.6, "MEN-02": 1.2, "MEN-03": 0.9, "MEN-04": 2.6, "MEN-05": 2.2, "MEN-06": 4.2, "MEN-07": 1.0,
    "SCH-01": 4.0, "SCH-02": 2.4,
    "MIS-01": 0.8, "MIS-02": 0.6, "MIS-03": 1.6, "MIS-04": 1.8,
    "PEE-01": 3.2, "PEE-02": 0.6,
    "PAR-01": 1.6, "PAR-02": 1.0, "PAR-03": 2.6,
    "PHY-01": 2.4, "PHY-02": 2.6, "PHY-03": 1.2, "PHY-04": 1.0, "PHY-05": 1.1, "PHY-06": 0.4, "PHY-07": 0.2,
    "PVI-01": 0.8, "PVI-02": 1.3, "PVI-03": 1.5, "PVI-04": 1.0,
    "POV-01": 3.4,
    "SHA-01": 1.2, "SHA-02": 1.0,
    "SVI-01": 0.3, "SVI-02": 0.3, "SVI-03": 0.8, "SVI-04": 0.2,
    "SOC-01": 1.9, "SOC-02": 0.9,
    "SUI-01": 0.6, "SUI-02": 2.4, "SUI-03": 1.5,
    "SUP-01": 2.4, "SUP-02": 0.8,
    "THR-01": 1.8,
    "UNE-01": 1.0, "UNE-02": 0.5, "UNE-03": 2.0, "UNE-04": 0.7,
}
# fmt: on

# Which factors cannot be true of whom. Offences are never named for people under 18: CRI-00 stands for them.
OFFENCES = tuple(f"CRI-{number:02}" for number in range(1, 14))
OF_MINORS_ONLY = ("CRI-00", "SCH-01", "SCH-02", "MIS-03", "MIS-04", "PAR-03", "SUP-01", "UNE-01", "UNE-02")
# fmt: off
NOT_OF_MINORS = (
    "BAS-02", "ELD-01", "GAM-01", "GAM-02", "GAM-03", "PAR-02", "SUP-02", "UNE-03", "UNE-04", "PHY-07", "HOU-02", *OFFENCES,
)
NOT_OF_CHILDREN = (
    *NOT_OF_MINORS, "ALC-01", "ALC-03", "DRG-01", "DRG-03", "CRI", "SUI-02", "SUI-03", "SHA", "PEE", "GNG", "GAM", "MIS", "SOC-01",
    "PVI-02", "SVI-02", "EMO-03", "THR", "BAS-03", "BAS-04", "MEN-04", "COG-02", "MEN-05", "SCH-02",
)
OF_PLACES = (
    "ALC-02", "ANB-01", "BAS-03", "VIC", "CRI-05", "CRI-06", "CRI-12", "DRG-02", "DRG-04", "GNG-03", "GNG-04", "HOU-01", "MEN-03",
    "POV-01", "PVI-01", "SOC", "THR",
)
# fmt: on
AT_HOME = ("ALC-02", "ALC-04", "ANB-01", "DRG-02", "DRG-04", "EMO-01", "MEN-03", "PVI-04", "PAR", "SUP", "BAS-01", "BAS-02", "SCH", "UNE")
MAY_BE_PREGNANT = ("12-17", "18-24", "25-29", "30-39")

PROTECTIVE_COUNTS = {0: 14, 1: 22, 2: 26, 3: 18, 4: 11, 5: 6, 6: 3}
# fmt: off
PROTECTIVE_FACTORS = {
    "PF-EDU-01": 0.6, "PF-EDU-02": 0.5, "PF-EDU-03": 1.0, "PF-EDU-04": 1.0, "PF-EDU-05": 0.6, "PF-EDU-06": 0.7,
    "PF-FAM-01": 0.6, "PF-FAM-02": 0.3, "PF-FAM-03": 0.3, "PF-FAM-04": 0.7, "PF-FAM-05": 0.3, "PF-FAM-06": 0.5, "PF-FAM-07": 2.2,
    "PF-FAM-08": 0.4, "PF-FAM-09": 0.5, "PF-FAM-10": 1.0, "PF-FAM-11": 0.4,
    "PF-FIN-01": 0.5, "PF-FIN-02": 2.0, "PF-FIN-03": 0.3, "PF-FIN-04": 0.7, "PF-FIN-05": 1.0, "PF-FIN-06": 0.2,
    "PF-HOU-01": 2.4, "PF-HOU-02": 1.6, "PF-HOU-03": 1.1, "PF-HOU-04": 1.2, "PF-HOU-05": 0.5, "PF-HOU-06": 0.6,
    "PF-MEN-01": 2.2, "PF-MEN-02": 0.5, "PF-MEN-03": 0.8, "PF-MEN-04": 0.4, "PF-MEN-05": 0.4, "PF-MEN-06": 1.4,
    "PF-PHY-01": 1.1, "PF-PHY-02": 0.8, "PF-PHY-03": 0.4, "PF-PHY-04": 0.9, "PF-PHY-05": 1.9,
    "PF-PRO-01": 0.8, "PF-PRO-02": 1.0, "PF-PRO-03": 0.7, "PF-PRO-04": 0.6, "PF-PRO-05": 0.8, "PF-PRO-06": 0.4,
    "PF-SOC-01": 1.1, "PF-SOC-02": 1.6, "PF-SOC-03": 0.6, "PF-SOC-04": 1.5,
}
# fmt: on
PROTECTS_THE_YOUNG = ("PF-EDU-01", "PF-EDU-04", "PF-EDU-05", "PF-EDU-06", "PF-FAM-01", "PF-FAM-02", "PF-FAM-08", "PF-FAM-11")
PROTECTS_ADULTS = ("PF-FAM-06", "PF-FIN", "PF-EDU-03", "PF-HOU-03")

# A study flag: how often it stands by itself, and beside a factor (or a category) that suggests it.
STUDY_FLAGS: dict[str, tuple[float, dict[str, float]]] = {
    "SF-01": (0.02, {"COG-01": 0.22}),
    "SF-02": (0.06, {"PAR": 0.5, "SUP": 0.5, "PVI-04": 0.4}),
    "SF-03": (0.03, {"PAR-02": 0.5, "BAS-02": 0.5, "SUP": 0.3}),
    "SF-04": (0.01, {"COG": 0.35}),
    "SF-05": (0.004, {}),
    "SF-06": (0.07, {}),
    "SF-07": (0.02, {"PAR-01": 0.15}),
    "SF-08": (0.02, {"PEE-01": 0.1, "SVI-03": 0.15}),
    "SF-09": (0.02, {"COG-01": 0.25}),
    "SF-10": (0.02, {"PVI-04": 0.7, "PVI-03": 0.35, "EMO-01": 0.4}),
    "SF-11": (0.015, {"CRI-02": 0.6, "THR": 0.15}),
    "SF-12": (0.01, {}),
    "SF-13": (0.02, {}),
    "SF-14": (0.04, {}),
    "SF-15": (0.015, {"BAS-03": 0.08}),
    "SF-16": (0.04, {"HOU-01": 0.55, "HOU-02": 0.4}),
    "SF-17": (0.01, {"SVI-02": 0.4}),
    "SF-18": (0.03, {}),
    "SF-19": (0.02, {"SCH": 0.15}),
    "SF-20": (0.0, {"DRG-01": 0.3}),
    "SF-21": (0.0, {"DRG-01": 0.4}),
    "SF-22": (0.4, {"SUI-02": 0.6}),
    "SF-24": (0.01, {"SVI-03": 0.3, "GNG-04": 0.2}),
    "SF-25": (0.1, {"HOU-01": 0.4, "POV": 0.25}),
    "SF-26": (0.004, {}),
    "SF-27": (0.015, {}),
    "SF-28": (0.01, {"SVI-03": 0.12}),
    "SF-29": (0.005, {"SVI-03": 0.1}),
    "SF-30": (0.18, {"MEN-02": 0.35}),
    "SF-31": (0.1, {}),
    "SF-32": (0.03, {"HOU-01": 0.1}),
    "SF-33": (0.12, {}),
}
FLAGS_OF_THE_YOUNG = ("SF-12", "SF-19", "SF-29")
FLAGS_OF_ADULTS = ("SF-28",)

ATTEMPTS = {"TRY-01": 26, "TRY-02": 17, "TRY-03": 20, "TRY-04": 9, "TRY-05": 14, "TRY-06": 10, "TRY-07": 13, "TRY-08": 11}
CHECKS_DONE = {"911": 0.24, "DTR": 0.1, "MHA": 0.2}
CONSENTS = {"YES": 41, "NO": 6, "UNABLE": 25, "NOT": 28}
GROUND_OF_TYPE = {
    **dict.fromkeys(("AGT-01", "AGT-05", "AGT-16", "AGT-17", "AGT-18", "AGT-19", "AGT-29", "AGT-31"), "MFIPPA32"),
    **dict.fromkeys(("AGT-02", "AGT-20", "AGT-24", "AGT-30"), "FIPPA42"),
    **dict.fromkeys(("AGT-06", "AGT-07", "AGT-08", "AGT-09", "AGT-10", "AGT-11", "AGT-12", "AGT-14", "AGT-15"), "PHIPA40"),
    **dict.fromkeys(("AGT-13", "AGT-21", "AGT-22"), "CYFSA292"),
}
DISCUSSED_BEFORE = {"no": 78, "yes": 14, "unknown": 8}

REJECTIONS = {"REJ-01": 30, "REJ-03": 26, "REJ-04": 20, "REJ-05": 14, "REJ-02": 10}
CRITERIA_BEHIND = {"REJ-01": ("AER-B", "AER-C", "AER-A"), "REJ-02": ("AER-B", "AER-C")}
DEFERRALS = {"DEF-01": 45, "DEF-02": 25, "DEF-03": 18, "DEF-04": 12}
WITHDRAWALS = {"WDR-01": 34, "WDR-02": 32, "WDR-03": 20, "WDR-04": 14}
EARLY_ENDS = {"EAR-01": 42, "EAR-02": 34, "EAR-03": 12, "EAR-04": 12}
POSITIONS = {
    "accepted": {"MET": 92, "ASK": 8},
    "accepted by vote": {"MET": 84, "ASK": 7, "NOT": 9},
    "rejected": {"NOT": 76, "MET": 11, "ASK": 13},
    "deferred": {"ASK": 58, "MET": 28, "NOT": 14},
    "withdrawn": {"ASK": 50, "NOT": 30, "MET": 20},
}
INVOLVEMENT = {"engaged": {"NOW": 52, "HELP": 34, "RECENT": 14}, "others": {"NONE": 80, "RECENT": 11, "HELP": 9}}

ASSISTING_COUNTS = {1: 18, 2: 30, 3: 27, 4: 16, 5: 9}
# fmt: off
CONCLUSIONS = {
    "ORL-01": 60, "ORL-02": 3, "ORL-03": 6, "ORL-04": 3, "AER-02": 13, "AER-01": 8, "AER-03": 2.6, "AER-04": 2, "OTH-01": 0.6,
    "OTH-02": 1, "OTH-03": 0.8,
}
# fmt: on
# Of those who are reached, 82 in 100 are within 48 hours; 2 in 100 never are: 80 in 100 of all.
CONTACT_MEDIAN_HOURS = 20
CONTACT_SPREAD = log(48 / CONTACT_MEDIAN_HOURS) / 0.915
# Half are open at most 9 days and nine in ten at most 30.
OPEN_MEDIAN_DAYS = 9
OPEN_SPREAD = log(30 / OPEN_MEDIAN_DAYS) / 1.2816
CONTACT_RESULTS = {
    "lowered": {"CON-01": 74, "CON-02": 26},
    "AER-02": {"CON-03": 72, "CON-02": 28},
    "AER-01": {"CON-02": 80, "CON-01": 20},
    "still": {"CON-01": 55, "CON-02": 45},
}
FAILED_TRIES = {0: 62, 1: 27, 2: 11}
FAILED_RESULTS = {"CON-04": 68, "CON-05": 18, "CON-07": 9, "CON-06": 5}
MOBILIZATIONS = {
    "lowered": {"MOB-02": 47, "MOB-03": 41, "MOB-01": 12},
    "AER-02": {"MOB-04": 72, "MOB-01": 28},
    "AER-01": {"MOB-01": 100},
    "still": {"MOB-01": 60, "MOB-02": 30, "MOB-04": 10},
}
SERVICE_COUNTS = {1: 24, 2: 36, 3: 26, 4: 14}
HARD_TO_FIND = {"SVC-12": 0.16, "SVC-23": 0.09, "SVC-01": 0.08, "SVC-16": 0.07, "SVC-05": 0.14, "SVC-11": 0.08, "SVC-26": 0.1}
RARELY_MISSING = 0.012
LOWERED_SHARE = {"lowered": (0.35, 0.85), "AER-01": (0.0, 0.2), "AER-02": (0.0, 0.12), "still": (0.0, 0.3)}
FOLLOW_UPS = {
    "lowered": {"FUP-01": 58, "FUP-02": 12, "FUP-03": 9, "FUP-04": 6, "FUP-05": 12, "FUP-06": 3},
    "still": {"FUP-01": 15, "FUP-02": 13, "FUP-03": 24, "FUP-04": 18, "FUP-05": 24, "FUP-06": 6},
}
ANSWERED = {30: 0.86, 90: 0.72}
ISSUE_TYPES = {"SYS-01": 22, "SYS-02": 34, "SYS-03": 12, "SYS-05": 8, "SYS-06": 5, "SYS-07": 6, "SYS-08": 7, "SYS-10": 2}


def seniors_share(on: date) -> float:
    """The share of persons of 60 and over: 12 in 100 in 2026, one more each year; what real tables tell their councils is the rise."""
    years = on.year + on.timetuple().tm_yday / 366 - 2026.5
    return min(max(0.12 + 0.01 * years, 0.06), 0.24)
