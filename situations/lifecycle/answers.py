"""Filter 1: one agency writes what it brings, and nobody outside can know of it."""

from collections import Counter

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.access import Difference, OutOfOrder, Refused, Stale
from agencies.actor import for_the_table
from agencies.enums import LedgerAct
from agencies.models import Entry, LedgerEntry
from situations import disclosure, sealing
from situations.enums import (
    DISCARDED,
    FORGOTTEN_STAGES,
    DiscussedBefore,
    EmergencyAnswer,
    Relation,
    Stage,
    WordKind,
)
from situations.lifecycle.stages import advance, forget_words, locked
from situations.models import Situation

# Answers of Filter 1, by the datum of the matrix under which they may be written.
ANSWERS = {
    "profile_and_factors": disclosure.FIELDS["Situation.profile_and_factors"],
    "filter1_worksheet": disclosure.FIELDS["Situation.filter1_worksheet"],
    "aer_criteria": disclosure.FIELDS["Situation.aer_criteria"],
    "consent_and_ground": disclosure.FIELDS["Situation.consent_and_ground"],
    "discussed_before": disclosure.FIELDS["Situation.discussed_before"],
}
ABOUT_A_PERSON = frozenset({"discussion_type:PER"})
NEEDS_NO_GROUND = frozenset({"consent:YES"})
LONGEST_WHY_NOW = 280  # characters


@transaction.atomic
def open_situation(table, *, agency, by) -> Situation:
    """A draft that nobody outside the agency can know of."""
    situation = Situation.objects.create(table=table, originating_agency=agency, opened_at=clock.now())
    disclosure.grant(situation, relation=Relation.ORIGINATOR, to=agency, by=by)
    ledger.record(LedgerAct.DRAFT_OPENED, by=by, situation=situation)
    return situation


@transaction.atomic
def save_answers(situation, *, by, version: int | None = None, **answers) -> Situation:
    """Keep answers of Filter 1. ``answers`` are fields of ``ANSWERS`` with entry keys; a stale ``version`` is refused.

    Raises ``Stale`` with both versions when somebody changed one of these answers since ``version`` to something else.
    """
    situation, changed = answered(locked(situation), version=version, answers=answers)
    if changed:
        ledger.record(LedgerAct.DRAFT_SAVED, by=by, situation=situation, codes=changed)
    return situation


def answered(situation, *, version: int | None, answers: dict) -> tuple[Situation, list[str]]:
    """The locked row with these answers, and which of them are new."""
    if situation.stage in FORGOTTEN_STAGES:
        raise OutOfOrder(_("It was not accepted, so nothing more can be written about it."))
    given, answers = answers, _coarse_for_minors(situation, answers)
    changed = {field: value for field, value in answers.items() if _stored(situation, field) != value}
    contested = changed.keys() & given.keys() & changed_since(situation, version)
    if contested:
        raise Stale(
            differences=[
                Difference(
                    label=str(Situation._meta.get_field(field).verbose_name),
                    yours=_shown(field, changed[field]),
                    theirs=_shown(field, _stored(situation, field)),
                )
                for field in given
                if field in contested
            ],
            version=situation.version,
        )
    for field, value in changed.items():
        setattr(situation, _column(field), value)
    if changed:
        situation.version += 1
        situation.save()
    return situation, sorted(changed)


def changed_since(situation, version: int | None) -> set[str]:
    """Which answers of the locked row were changed after it stood at ``version``: another step that was saved is no conflict.

    Each save raises the version by one and names its answers in the ledger; a stage that was entered raises it too, so that
    one save too many may be read, never one too few.
    """
    if version is None or version == situation.version:
        return set()
    saves = LedgerEntry.objects.filter(situation_id=situation.pk, act__in=[LedgerAct.DRAFT_SAVED, LedgerAct.CORRECTED])
    named = saves.values_list("codes", flat=True)[: abs(situation.version - version)]
    return {code for codes in named for code in codes}


def _column(field) -> str:
    return Situation._meta.get_field(field).attname  # a coded answer is kept by its entry's key


def _stored(situation, field):
    return getattr(situation, _column(field))


def _shown(field, value) -> str:
    """An answer in words, as the page shows it that holds both versions."""
    if not value:
        return "–"
    if field == "discussed_before":
        return str(DiscussedBefore(value).label)
    keys = value if isinstance(value, list | dict) else [value]
    named = disclosure.labels(keys)
    if isinstance(value, dict):
        pairs = ({"check": named.get(key, key), "answer": EmergencyAnswer(answer).label} for key, answer in value.items())
        return ", ".join(str(_("%(check)s: %(answer)s")) % pair for pair in pairs)
    counted = Counter(named.get(key, str(key)) for key in keys)
    return ", ".join(f"{count} × {label}" if count > 1 else label for label, count in counted.items())


def _coarse_for_minors(situation, answers: dict) -> dict:
    """For people under 18 justice is one coarse code, whatever was chosen (four-filters, Codes in the open; YCJA)."""
    age = answers.get("age_group", situation.age_group_id)
    chosen = answers.get("risk_factors", situation.risk_factors)
    if not age or not chosen or not _is_minor(age):
        return answers
    coarse = dict(Entry.objects.filter(pk__in=chosen, marks__len__gt=0).values_list("pk", "marks"))
    swapped = [
        next((mark.removeprefix("under_18:") for mark in coarse.get(key, []) if mark.startswith("under_18:")), key) for key in chosen
    ]
    return answers | {"risk_factors": list(dict.fromkeys(swapped))}


def _is_minor(age_group: str) -> bool:
    return Entry.objects.filter(pk=age_group, marks__contains=["minor"]).exists()


@transaction.atomic
def write_why_now(situation, *, text: str, by, overruled_because: str = "", version: int | None = None) -> Situation:
    """Seal the short *why now*; when a mark of the checker was overruled, the reason is sealed beside it.

    Raises ``Stale`` with both texts when somebody changed the text since ``version`` to something else.
    """
    situation = locked(situation)
    if situation.stage not in (Stage.DRAFT, Stage.SUBMITTED):
        raise OutOfOrder(_("The words can be changed until the situation is presented."))
    if len(text) > LONGEST_WHY_NOW:
        raise Refused(_("Keep it to 280 characters."))
    stored = sealing.unseal(situation, WordKind.WHY_NOW)
    if text != stored and "why_now" in changed_since(situation, version):
        raise Stale(
            differences=[Difference(label=str(WordKind.WHY_NOW.label), yours=text or "–", theirs=stored or "–")], version=situation.version
        )
    if text == stored and not overruled_because:
        return situation
    sealing.seal(situation, kind=WordKind.WHY_NOW, text=text, by=by)
    if overruled_because:
        sealing.seal(situation, kind=WordKind.OVERRULE_REASON, text=overruled_because, by=by)
    situation.version += 1
    situation.save(update_fields=["version"])
    ledger.record(LedgerAct.DRAFT_SAVED, by=by, situation=situation, codes=["why_now"])
    return situation


def has_overruled(situation) -> bool:
    """Whether a reason was given to keep the words of *why now* as they stand now, although the checker marked them."""
    reason = sealing.written_at(situation, WordKind.OVERRULE_REASON)
    return reason is not None and reason >= sealing.written_at(situation, WordKind.WHY_NOW)


def lacking(situation, *, why_now: str | None = None) -> dict[str, str]:
    """What is needed before it can be submitted: each field without its answer, and the sentence that asks for it.

    ``situation`` may hold answers that are not saved yet; ``why_now`` then stands for the sealed text.
    """
    needed: dict[str, str] = {}
    if not situation.discussion_type_id:
        needed["discussion_type"] = _("Say what kind of situation it is.")
    if situation.discussion_type_id in ABOUT_A_PERSON and not situation.age_group_id:
        needed["age_group"] = _("Choose an age group; the nearest one will do.")
    if situation.discussion_type_id in ABOUT_A_PERSON and not situation.sex_gender_id:
        needed["sex_gender"] = _("Choose a sex or gender; “unknown” is an answer.")
    if not situation.language_of_service_id:
        needed["language_of_service"] = _("Choose the language of service; “unknown” is an answer.")
    if not situation.risk_factors:
        needed["risk_factors"] = _("Choose at least one risk factor.")
    if not situation.attempts:
        needed["attempts"] = _("Say what your agency has tried.")
    asked = Entry.objects.filter(vocabulary__in=["emergency_check", "criterion"]).current().values_list("pk", "vocabulary")
    if any(vocabulary == "emergency_check" and key not in situation.emergency_checks for key, vocabulary in asked):
        needed["emergency_checks"] = _("Confirm each emergency check: done, or not needed.")
    if any(vocabulary == "criterion" and key not in situation.criteria for key, vocabulary in asked):
        needed["criteria"] = _("All four criteria of acutely elevated risk are needed.")
    if not situation.consent_id:
        needed["consent"] = _("Answer whether consent was obtained.")
    elif situation.consent_id not in NEEDS_NO_GROUND and not situation.legal_ground_id:
        needed["legal_ground"] = _("Without consent, choose the legal ground.")
    if not situation.discussed_before:
        needed["discussed_before"] = _("Say whether it was discussed before.")
    if not (sealing.unseal(situation, WordKind.WHY_NOW) if why_now is None else why_now):
        needed["why_now"] = _("Say in a sentence or two why now.")
    return needed


def missing(situation) -> list[str]:
    """The same as sentences; empty when it is ready."""
    return list(lacking(situation).values())


def owes_notice(situation) -> bool:
    """Whether the law on which the agency relies asks for written notice to the person; then a step is planned for it."""
    return Entry.objects.filter(pk=situation.legal_ground_id, marks__contains=["notice_owed"]).exists()


@transaction.atomic
def submit(situation, *, by) -> Situation:
    """It is before the table's next meeting."""
    lacking = missing(locked(situation))
    if lacking:
        raise Refused(" ".join(str(sentence) for sentence in lacking))
    situation = advance(situation, Stage.SUBMITTED, submitted_at=clock.now())
    ledger.record(LedgerAct.SUBMITTED, by=by, situation=situation)
    return situation


@transaction.atomic
def discard(situation, *, by) -> None:
    """A draft is gone, wholly: row, words, key and rights. That a draft was discarded stays in the ledger."""
    situation = locked(situation)
    if situation.stage != Stage.DRAFT:
        raise OutOfOrder(_("Only a draft can be discarded. Withdraw the situation instead."))
    ledger.record(LedgerAct.DRAFT_DISCARDED, by=by, situation=situation)
    forget_words(situation, how=DISCARDED)
    with for_the_table("discard"):  # the rights to it go with it
        situation.delete()
