"""What situations are mostly about, so that factors, sentence, services and responders belong together."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """What a situation is mostly about.

    ``core`` are the factors that each opening sentence of ``town.OPENINGS`` speaks of, in the same order; ``leans`` multiply the
    weights of categories, ``hands`` are the agencies best placed to be welcomed, the best first.
    """

    core: tuple[tuple[str, ...], ...]
    leans: Mapping[str, float]
    services: tuple[str, ...]
    hands: tuple[str, ...]


THEMES = {
    "crisis": Theme(
        (("SUI-02", "MEN-04"), ("MEN-06",), ("MEN-06", "BAS-04"), ("SUI-02",)),
        {"MEN": 2, "SUI": 3, "SHA": 2.5},
        ("SVC-16", "SVC-04", "SVC-02", "SVC-15", "SVC-18"),
        ("paper-lantern", "loon-call", "night-porch", "maple-key", "whispering-pines", "swift-heron", "thimbleberry"),
    ),
    "substance": Theme(
        (("DRG-01",), ("DRG-01",), ("DRG-01", "SOC-01"), ("DRG-01", "POV-01")),
        {"DRG": 2, "PHY": 1.3, "SOC": 1.6, "PEE": 1.4},
        ("SVC-01", "SVC-10", "SVC-15", "SVC-12", "SVC-16"),
        ("second-spring", "loon-call", "paper-lantern", "open-kettle", "tamarack", "cedar-landing", "swift-heron"),
    ),
    "alcohol": Theme(
        (("ALC-01",), ("ALC-01",), ("ALC-01", "MEN-02", "PHY-03")),
        {"ALC": 2, "PHY": 1.5},
        ("SVC-01", "SVC-15", "SVC-12", "SVC-03", "SVC-09"),
        ("second-spring", "open-kettle", "cedar-landing", "paper-lantern", "swift-heron", "maple-key"),
    ),
    "housing": Theme(
        (("HOU-01",), ("HOU-01", "POV-01"), ("HOU-02",), ("HOU-01", "GNG-04")),
        {"HOU": 2, "POV": 2, "UNE": 1.5, "BAS": 1.3},
        ("SVC-12", "SVC-08", "SVC-13", "SVC-09", "SVC-16"),
        ("moonlight-ferry", "snowshoe", "open-kettle", "paper-lantern", "jack-pine", "belle-boussole"),
    ),
    "homeless": Theme(
        (("HOU-01", "PHY-02"), ("HOU-01", "BAS-03"), ("HOU-01",)),
        {"BAS": 1.8, "PHY": 1.4, "DRG": 1.3, "POV": 1.6},
        ("SVC-23", "SVC-12", "SVC-15", "SVC-08", "SVC-09", "SVC-10"),
        ("open-kettle", "moonlight-ferry", "snowshoe", "cedar-landing", "tamarack", "second-spring", "whispering-pines"),
    ),
    "violence": Theme(
        (("PVI-03",), ("PVI-03",), ("PVI-03", "EMO-04"), ("PVI-02",)),
        {"PVI": 2.5, "EMO": 2.5, "VIC": 2, "SVI": 1.6},
        ("SVC-28", "SVC-27", "SVC-04", "SVC-23", "SVC-13"),
        ("steady-hands", "juniper-door", "kettle-lake", "paper-lantern", "granite-birch", "prism-harbour", "moonlight-ferry"),
    ),
    "justice": Theme(
        (("CRI-08", "HOU-01"), ("CRI-08",), ("CRI-13", "ANB-02")),
        {"CRI": 2.2, "ANB": 2, "THR": 1.8},
        ("SVC-13", "SVC-12", "SVC-08", "SVC-01", "SVC-16"),
        ("snow-bridge", "paper-lantern", "moonlight-ferry", "snowshoe", "second-spring", "granite-birch"),
    ),
    "school": Theme(
        (("SCH-01", "PAR-01"), ("PEE-01", "SUP-01"), ("SHA-01", "PAR-01"), ("MIS-04", "PEE-01")),
        {"SCH": 2.5, "MIS": 2, "PAR": 2, "SUP": 2, "PEE": 2, "MEN": 1.2},
        ("SVC-06", "SVC-16", "SVC-02", "SVC-17", "SVC-24"),
        ("loon-call", "lucioles", "kettle-lake", "blue-heron", "blueberry-hill", "paper-kite", "trois-renards", "melezes"),
    ),
    "exploitation": Theme(
        (("SVI-03", "EMO-04"), ("GNG-03",), ("VIC-09", "SVI-03")),
        {"SVI": 2, "GNG": 3, "PEE": 2.5, "MIS": 2, "DRG": 1.3},
        ("SVC-27", "SVC-04", "SVC-02", "SVC-19", "SVC-22", "SVC-23"),
        ("loon-call", "steady-hands", "kettle-lake", "lucioles", "blue-heron", "granite-birch", "juniper-door"),
    ),
    "health": Theme(
        (("PHY-03",), ("PHY-02", "PHY-03"), ("PHY-01", "POV-01")),
        {"PHY": 2.5, "BAS": 2, "COG": 1.4},
        ("SVC-15", "SVC-11", "SVC-18", "SVC-26", "SVC-20"),
        ("thimbleberry", "maple-key", "warm-mittens", "whispering-pines", "swift-heron", "snowshoe"),
    ),
    "senior": Theme(
        (("COG-03",), ("ELD-02", "BAS-01"), ("PHY-02", "BAS-03"), ("COG-03", "BAS-03")),
        {"COG": 3, "BAS": 2, "PHY": 2, "ELD": 2},
        ("SVC-21", "SVC-11", "SVC-18", "SVC-15", "SVC-27"),
        ("quiet-oar", "warm-mittens", "thimbleberry", "maple-key", "belle-boussole", "paper-lantern"),
    ),
    "hoarding": Theme(
        (("BAS-03", "THR-01"), ("BAS-03", "MEN-06")),
        {"BAS": 2, "THR": 2.5, "MEN": 1.3, "COG": 1.5},
        ("SVC-12", "SVC-16", "SVC-20", "SVC-18", "SVC-21"),
        ("paper-lantern", "red-canoe", "moonlight-ferry", "quiet-oar", "tamarack"),
    ),
    "child": Theme(
        (("BAS-01",), ("PVI-01",), ("BAS-01", "SUP-01")),
        {"PAR": 2.5, "SUP": 2.5, "PVI": 2, "EMO": 1.6},
        ("SVC-24", "SVC-17", "SVC-02", "SVC-06", "SVC-15"),
        ("kettle-lake", "loon-call", "blue-heron", "lucioles", "tamarack", "blueberry-hill"),
    ),
    "family": Theme(
        (("DRG-02", "SCH-01"), ("PAR-01", "PVI-04"), ("MEN-02", "SUP-02"), ("HOU-01", "PVI-04")),
        {"PAR": 2.5, "SUP": 2, "PVI": 1.8, "EMO": 1.8, "POV": 1.6},
        ("SVC-17", "SVC-24", "SVC-02", "SVC-12", "SVC-08", "SVC-09"),
        ("kettle-lake", "loon-call", "blue-heron", "snowshoe", "lucioles", "cedar-landing", "moonlight-ferry"),
    ),
    "dwelling": Theme(
        (("DRG-02", "THR-01"), ("DRG-02", "HOU-01")),
        {"DRG": 3},
        ("SVC-12", "SVC-10", "SVC-19", "SVC-20"),
        ("moonlight-ferry", "red-canoe", "tamarack", "granite-birch", "second-spring"),
    ),
    "neighbourhood": Theme(
        (("SOC-02", "VIC-04"), ("SOC-02",)),
        {"VIC": 2, "SOC": 2},
        ("SVC-10", "SVC-19", "SVC-20", "SVC-14"),
        ("tamarack", "granite-birch", "open-kettle", "red-canoe", "second-spring"),
    ),
    "environment": Theme(
        (("HOU-01", "THR-01"), ("SOC-01", "THR-01")),
        {"HOU": 3, "DRG": 2},
        ("SVC-10", "SVC-20", "SVC-23", "SVC-12"),
        ("open-kettle", "red-canoe", "tamarack", "moonlight-ferry", "swift-heron"),
    ),
    "group": Theme(
        (("PEE-02", "ANB-02"), ("HOU-01", "POV-01")),
        {"PEE": 2, "GNG": 2, "SOC": 2},
        ("SVC-14", "SVC-06", "SVC-02", "SVC-28"),
        ("loon-call", "lucioles", "granite-birch", "tamarack", "steady-hands"),
    ),
}
THEMES_OF_AGE = {
    "child": {"child": 1},
    "teen": {"school": 46, "crisis": 20, "exploitation": 20, "substance": 8, "violence": 4, "alcohol": 2},
    "young": {
        "crisis": 22,
        "substance": 20,
        "housing": 12,
        "violence": 12,
        "homeless": 10,
        "justice": 9,
        "exploitation": 6,
        "alcohol": 6,
        "health": 3,
    },
    "middle": {
        "crisis": 20,
        "substance": 20,
        "housing": 14,
        "homeless": 11,
        "violence": 10,
        "alcohol": 10,
        "justice": 8,
        "health": 6,
        "hoarding": 1,
    },
    "senior": {
        "senior": 40,
        "housing": 13,
        "crisis": 12,
        "health": 12,
        "hoarding": 8,
        "alcohol": 6,
        "homeless": 4,
        "violence": 3,
        "substance": 2,
    },
}
THEME_OF_TYPE = {"FAM": "family", "DWE": "dwelling", "NEI": "neighbourhood", "ENV": "environment", "GRP": "group"}
# fmt: off
SECTORS_OF_SERVICE = {
    "SVC-01": ("SEC-05",), "SVC-02": ("SEC-05", "SEC-08"), "SVC-03": ("SEC-07",), "SVC-04": ("SEC-05", "SEC-12"),
    "SVC-06": ("SEC-01",), "SVC-08": ("SEC-10",), "SVC-09": ("SEC-11", "SEC-07"), "SVC-10": ("SEC-02", "SEC-05"),
    "SVC-11": ("SEC-02",), "SVC-12": ("SEC-11",), "SVC-13": ("SEC-12",), "SVC-15": ("SEC-02", "SEC-03"), "SVC-16": ("SEC-05",),
    "SVC-17": ("SEC-06", "SEC-05"), "SVC-18": ("SEC-02", "SEC-10"), "SVC-19": ("SEC-04",), "SVC-20": ("SEC-02", "SEC-03"),
    "SVC-21": ("SEC-10", "SEC-02"), "SVC-23": ("SEC-11",), "SVC-24": ("SEC-06",), "SVC-27": ("SEC-12",),
    "SVC-28": ("SEC-12", "SEC-11"),
}
# fmt: on
# Services that any situation may need besides.
ELSEWHERE = ("SVC-03", "SVC-25", "SVC-26", "SVC-07", "SVC-14", "SVC-05")
# A service that asks for a step of its own, and the hours in which it is due.
STEP_OF_SERVICE = {
    "SVC-12": ("STP-07", 120),
    "SVC-08": ("STP-08", 96),
    "SVC-04": ("STP-04", 48),
    "SVC-01": ("STP-05", 120),
    "SVC-03": ("STP-09", 120),
}
