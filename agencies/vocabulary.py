"""The vocabularies as the project carries them, and the one way in which they come into the database."""

import csv
from pathlib import Path

from agencies.models import Entry
from agencies.models.vocabulary import Vocabulary

FOLDER = Path(__file__).parent / "vocabulary_data"
# list: its file, and the columns that mark an entry (a mark is what code asks an entry: "does it stop the clock?")
FILES = {
    Vocabulary.AGE_GROUP: "age_groups",
    Vocabulary.AGENCY_TYPE: "agency_types",
    Vocabulary.ATTEMPT: "attempts",
    Vocabulary.CONCLUSION_REASON: "conclusion_reasons",
    Vocabulary.CONSENT: "consent",
    Vocabulary.CONTACT_RESULT: "contact_results",
    Vocabulary.CRITERION: "criteria",
    Vocabulary.DEFERRAL_REASON: "deferral_reasons",
    Vocabulary.DISCUSSION_TYPE: "discussion_types",
    Vocabulary.EARLY_END_REASON: "early_end_reasons",
    Vocabulary.EMERGENCY_CHECK: "emergency_checks",
    Vocabulary.FOLLOW_UP_CODE: "follow_up_codes",
    Vocabulary.INVOLVEMENT: "involvement",
    Vocabulary.LANGUAGE_OF_SERVICE: "languages_of_service",
    Vocabulary.LEGAL_GROUND: "legal_grounds",
    Vocabulary.MOBILIZATION_TYPE: "mobilization_types",
    Vocabulary.POSITION: "positions",
    Vocabulary.PROTECTIVE_FACTOR: "protective_factors",
    Vocabulary.REPORT_BACK_CODE: "report_back_codes",
    Vocabulary.RISK_FACTOR: "risk_factors",
    Vocabulary.SECTOR: "sectors",
    Vocabulary.SERVICE: "services",
    Vocabulary.SEX_GENDER: "sex_gender",
    Vocabulary.STEP_TYPE: "step_types",
    Vocabulary.STUDY_FLAG: "study_flags",
    Vocabulary.SYSTEMIC_ISSUE_TYPE: "systemic_issue_types",
    Vocabulary.WITHDRAWAL_REASON: "withdrawal_reasons",
}


def _marks(row: dict[str, str]) -> list[str]:
    marks = [name for name in ("stops_clock", "notice_owed", "culturally_specific", "population_specific") if row.get(name) == "yes"]
    if row.get("under_18_code"):
        marks.append(f"under_18:risk_factor:{row['under_18_code']}")
    if row.get("max_age") and int(row["max_age"]) < 18:
        marks.append("minor")
    marks += [row[name] for name in ("applies_to", "group_code", "set") if row.get(name)]
    if row.get("rank"):
        marks.append(f"rank:{row['rank']}")
    return marks


def read(vocabulary: Vocabulary) -> list[Entry]:
    """The entries of one list as its data file has them, in the file's order, not saved."""
    with (FOLDER / f"{FILES[vocabulary]}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Entry(
                pk=f"{vocabulary}:{row['code']}",
                vocabulary=vocabulary,
                code=row["code"],
                label_en=row["label_en"],
                label_fr=row["label_fr"],
                help_en=row.get("help_en") or "",
                help_fr=row.get("help_fr") or "",
                synonyms_en=row.get("synonyms_en") or "",
                synonyms_fr=row.get("synonyms_fr") or "",
                group_code=row.get("group_code") or row.get("category") or "",
                group_en=row.get("group_en") or row.get("category") or "",
                group_fr=row.get("group_fr") or row.get("category_fr") or "",
                is_sensitive=row.get("sensitive") == "yes",
                marks=_marks(row),
                rtd_code=row.get("rtd_code") or None,
                is_verified=row.get("verified") == "yes",
                position=place,
            )
            for place, row in enumerate(csv.DictReader(file), start=1)
        ]


def load() -> int:
    """Bring in every entry that is not there yet, and new synonyms of those that nobody has edited. Returns how many came."""
    entries = [entry for vocabulary in Vocabulary for entry in read(vocabulary)]
    known = {key: said for key, *said in Entry.objects.values_list("pk", "version", "synonyms_en", "synonyms_fr")}
    fresh = [entry for entry in entries if entry.pk not in known]
    Entry.objects.bulk_create(fresh)
    # Version 1: as it came. What coordinators edited stays as they left it.
    outdated = [entry for entry in entries if entry.pk in known and known[entry.pk] != _said(entry)]
    Entry.objects.bulk_update([entry for entry in outdated if known[entry.pk][0] == 1], ["synonyms_en", "synonyms_fr"])
    return len(fresh)


def _said(entry: Entry) -> list:
    return [1, entry.synonyms_en, entry.synonyms_fr]
