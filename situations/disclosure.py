"""THE PRIVACY POLICY. What a member may know of a situation is what the table decided, for as long as it decided.

Filter 1, one agency knows. Filter 2, those in the room hear it without a name. Filter 3, they hear just enough to know
who must act. Filter 4, only those who act know. The matrix ``visibility.yaml`` says it cell by cell (datum × stage ×
relation); this room reads it and nothing else does. Pages get a ``Disclosed``, never a row.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies import clock, ledger
from agencies.actor import for_the_table
from agencies.enums import LedgerAct, Role
from agencies.models.vocabulary import labels
from agencies.names import own_name
from situations import sealing
from situations.enums import ENDED_STAGES, WORDLESS_STAGES, DiscussedBefore, EmergencyAnswer, Relation, Stage, WordKind
from situations.models import Disclosure
from situations.querysets import relations_of
from situations.withheld import CLOSED_WITH_THE_END, CLOSED_WITH_THE_WORDS, Exists, OutOfReach, Withheld

LETTERS = "-#ORLW"  # the more to the right, the more is given; L needs a reason first, which a grant proves


def load(name: str) -> dict[str, dict[str, dict[str, str]]]:
    """The matrix that a file of this room holds; see ``read``."""
    return read((Path(__file__).parent / name).read_text())


def read(text: str) -> dict[str, dict[str, dict[str, str]]]:
    """A matrix as datum → stage → relation → letter; stages that a datum leaves out give nothing."""
    policy = yaml.safe_load(text)
    revealed: dict[str, dict[str, dict[str, str]]] = {}
    for datum, rows in policy["data"].items():
        revealed[datum] = {
            stage: dict(zip(policy["relations"], rows.get(stage, rows.get("always", "")).split(), strict=False))
            for stage in policy["stages"]
        }
    return revealed


REVEALED = load("visibility.yaml")

# Every model field of this floor: in which datum it is shown. A field that stands nowhere does not pass the build.
FIELDS = {
    "Situation.number_stage_dates": [
        "table",
        "stage",
        "year",
        "sequence",
        "opened_at",
        "submitted_at",
        "presented_at",
        "responding_at",
        "ended_at",
        "purged_at",
    ],
    "Situation.originating_agency": ["originating_agency"],
    "Situation.filter1_worksheet": ["attempts", "emergency_checks"],
    "Situation.aer_criteria": ["criteria"],
    "Situation.profile_and_factors": [
        "discussion_type",
        "age_group",
        "sex_gender",
        "language_of_service",
        "affected_persons",
        "risk_factors",
        "protective_factors",
        "study_flags",
    ],
    "Situation.consent_and_ground": ["consent", "legal_ground"],
    "Situation.discussed_before": ["discussed_before", "earlier_number"],
    "Situation.decision": ["decision", "criteria_not_met", "decision_reason", "decided_at", "tally_met", "tally_not_met", "tally_question"],
    "Situation.conclusion": ["conclusion_reason", "factors_lowered"],
    "NotBroughtForward.not_brought_forward": ["agency", "month", "reason", "how_many"],
    "LegalHold.legal_hold": [
        "situation",
        "reason",
        "review_at",
        "asked_at",
        "asked_by",
        "confirmed_at",
        "confirmed_by",
        "ended_at",
        "ended_by",
    ],
    "Recusal.recusals": ["situation", "member", "recused_at", "recused_by", "ended_at"],
    "SealedText.why_now": ["ciphertext"],  # and, by its kind, identifiers and plan_text
}
# What no page shows: keys of rows, versions, and the machinery of rights and seals.
NEVER_SHOWN = {
    "Situation": ["id", "version"],
    "NotBroughtForward": ["id", "table"],
    "NumberCounter": ["id", "table", "year", "last"],
    "Disclosure": ["id", "table", "situation", "relation", "member", "agency", "granted_at", "granted_by", "ends_at"],
    "LegalHold": ["id", "table"],
    "Tombstone": ["situation_id", "table_id", "how", "texts", "key_fingerprint", "forgotten_at", "written_at", "kept_outside_at"],
    "Recusal": ["id", "table"],
    "SealedText": ["id", "table", "situation", "kind", "written_by", "written_at"],
    "SituationKey": ["situation", "table", "wrapped", "wrapped_with", "created_at"],
    "WordCell": ["id", "kind", "stage", "relation", "is_written"],
}
SEALED_ONLY = ("identifiers", "plan_text")  # at a table where names are spoken there is no place for them
WORDS_OF = {"why_now": WordKind.WHY_NOW, "identifiers": WordKind.IDENTIFIERS, "plan_text": WordKind.PLAN}


def word_cells() -> set[tuple[str, str, str, bool]]:
    """The cells that give words: kind, stage, relation, whether they are written there. The second wall keeps a copy (WordCell)."""
    return {
        (str(kind), stage, relation, given == "W")
        for datum, kind in WORDS_OF.items()
        for stage, row in REVEALED[datum].items()
        for relation, given in row.items()
        if given in "RLW"
    }


NEAREST = (Relation.ORIGINATOR, Relation.ENGAGED)  # to these a datum is open longest


def letter(datum: str, stage: str, relations: Iterable[str]) -> str:
    """What these relations together give of a datum at a stage: the most that any of them gives."""
    given = [REVEALED[datum][stage].get(relation, "-") for relation in relations]
    return max(given, key=LETTERS.index, default="-")


class Disclosed:
    """What one member may know of one situation now: plain values, each datum either known or ``Withheld``.

    With ``only``, it holds those data and the number, stage and dates; asking it for another is an error, not a secret.
    """

    number_stage_dates: Any

    def __init__(self, situation, *, relations: frozenset, words: bool, only: Iterable[str] | None = None):
        self.pk = situation.pk
        self.relations = relations
        self.stage = Stage(situation.stage)
        self.names_are_sealed = situation.table.names_are_sealed
        self.letters = {datum: letter(datum, self.stage, relations) for datum in REVEALED}
        if not self.names_are_sealed:
            self.letters |= dict.fromkeys(SEALED_ONLY, "-")
        wanted = None if only is None else {"number_stage_dates", *only}
        for datum, value in _values(situation, self.letters, words=words, only=wanted).items():
            setattr(self, datum, value)

    def reads(self, datum: str) -> bool:
        """Whether the datum may be read; upper floors ask this for what they hold."""
        return self.letters[datum] in "RLW"

    def writes(self, datum: str) -> bool:
        return self.letters[datum] == "W"

    def answers_for_itself(self, datum: str) -> bool:
        """Whether one's own entry may be written and read; a chair who also sits for an agency answers for it all the same."""
        return any(letter(datum, self.stage, {relation}) in "OW" for relation in self.relations)

    def knows_of(self, datum: str) -> bool:
        """Whether at least its existence and state may be known."""
        return self.letters[datum] != "-"

    @property
    def reference(self) -> str:
        return self.number_stage_dates.reference if self.number_stage_dates else ""

    @property
    def is_open(self) -> bool:
        return self.number_stage_dates.is_open if self.number_stage_dates else False

    @cached_property
    def withheld(self) -> list[Withheld]:
        """What is withheld here and would be of use: each says why and what opens it."""
        named = ["filter1_worksheet", "profile_and_factors", "why_now", "consent_and_ground", "steps", "services_mobilised"]
        if self.names_are_sealed:
            named = ["identifiers", *named, "plan_text"]
        hidden = [self._withhold(datum) for datum in named if not self.reads(datum)]
        return hidden if self.names_are_sealed else [Withheld("identifiers"), *hidden]

    @property
    def out_of_reach(self) -> list[OutOfReach]:
        """The words that may be read here and cannot be now; each says so."""
        return [value for value in vars(self).values() if isinstance(value, OutOfReach)]

    def _withhold(self, datum: str) -> Withheld:
        """What is withheld; at the end, or when the words go, what those who acted or brought it could read until then is closed."""
        is_open_to_nobody = not {letter(datum, self.stage, {relation}) for relation in NEAREST} & set("RLW")
        closed = CLOSED_WITH_THE_WORDS if self.stage in WORDLESS_STAGES else CLOSED_WITH_THE_END
        has_ended = self.stage in ENDED_STAGES
        said = closed if has_ended and is_open_to_nobody else ""
        return Withheld(datum, has_ended=has_ended, closed=said, is_under_seal=self.names_are_sealed)


def disclose(situation, *, to, words: bool = True, only: Iterable[str] | None = None) -> Disclosed:
    """What this member may know of a row of ``visible_to`` now. Sealed words are opened here, for their cells only."""
    return Disclosed(situation, relations=relations_of(situation, to), words=words, only=only)


def disclose_each(situations, *, to, only: Iterable[str] | None = None) -> list[Disclosed]:
    """The same for the rows of a list: coded lines, without a word. A list names ``only`` what it shows, and fetches no label."""
    return [disclose(situation, to=to, words=False, only=only) for situation in situations]


def where_readable(datum: str, *, to) -> Q:
    """Of the rows of ``visible_to``, those in which this member may read the datum: what a list may sort and filter by."""
    rights = Disclosure.objects.given_to(to)
    given = [Relation.ORIGINATOR, Relation.IN_THE_ROOM, Relation.ENGAGED, Relation.PRIVACY_OFFICER]
    held = {Relation.CHAIR: [Role.CHAIR], Relation.COORDINATOR: [Role.RECORDER, Role.COORDINATOR]}
    readable = Q(pk=None)
    for relation in given:
        readable |= Q(pk__in=rights.filter(relation=relation).values("situation"), stage__in=_stages_of(datum, relation))
    for relation, roles in held.items():
        readable |= Q(table__in=to.standing.tables_as(*roles), stage__in=_stages_of(datum, relation))
    return readable


def _stages_of(datum: str, relation: Relation) -> list[str]:
    return [stage for stage in Stage if letter(datum, stage, [relation]) in "RLW"]


def _values(situation, letters: dict[str, str], *, words: bool, only: set[str] | None) -> dict:
    makers = {
        "number_stage_dates": _number_stage_dates,
        "originating_agency": lambda row, say: own_name(row.originating_agency),
        "filter1_worksheet": _worksheet,
        "aer_criteria": lambda row, say: [say(key) for key in row.criteria],
        "profile_and_factors": _profile,
        "consent_and_ground": lambda row, say: SimpleNamespace(consent=say(row.consent_id), legal_ground=say(row.legal_ground_id)),
        "discussed_before": lambda row, say: DiscussedBefore(row.discussed_before).label if row.discussed_before else "",
        "decision": _decision,
        "conclusion": _conclusion,
    }
    makers = {datum: make for datum, make in makers.items() if only is None or datum in only}
    readable = [datum for datum in makers if letters[datum] in "RLW"]
    named = labels(key for datum in readable for key in _keys(situation, datum) if ":" in key)
    values: dict = {}
    for datum, make in makers.items():
        if datum in readable:
            values[datum] = make(situation, lambda key: named.get(key, ""))
        elif letters[datum] == "#":
            values[datum] = Exists(datum, is_there=any(_keys(situation, datum)))
        else:
            values[datum] = Withheld(datum)
    for datum, kind in WORDS_OF.items():
        if only is not None and datum not in only:
            continue
        known = words and letters[datum] in "RLW" and datum != "identifiers" and situation.stage not in WORDLESS_STAGES
        values[datum] = _unsealed(situation, datum, kind) if known else Withheld(datum)
    return values


def _unsealed(situation, datum: str, kind: WordKind):
    """The words; where they cannot be read, what says so in their place: the meeting goes on without them."""
    try:
        return sealing.unseal(situation, kind)
    except sealing.OutOfReach as away:
        return OutOfReach(datum, away.sentence)
    except sealing.Unreadable:
        return OutOfReach(datum, _("These words cannot be read any more."))


def _keys(situation, datum: str) -> list:
    keys: list = []
    for field in FIELDS.get(f"Situation.{datum}", []):
        value = getattr(situation, f"{field}_id", None) or getattr(situation, field, None)
        keys.extend(value if isinstance(value, list | dict) else [value] if isinstance(value, str) else [])
    return keys


def _number_stage_dates(row, say):
    return SimpleNamespace(
        reference=row.reference,
        stage=Stage(row.stage),
        stage_label=row.get_stage_display(),
        is_open=row.is_open,
        opened_at=row.opened_at,
        submitted_at=row.submitted_at,
        presented_at=row.presented_at,
        responding_at=row.responding_at,
        ended_at=row.ended_at,
        purged_at=row.purged_at,
    )


def _worksheet(row, say):
    answers = [SimpleNamespace(check=say(key), answer=EmergencyAnswer(answer).label) for key, answer in row.emergency_checks.items()]
    return SimpleNamespace(attempts=[say(key) for key in row.attempts], emergency_checks=answers)


def _profile(row, say):
    return SimpleNamespace(
        discussion_type=say(row.discussion_type_id),
        age_group=say(row.age_group_id),
        sex_gender=say(row.sex_gender_id),
        language_of_service=say(row.language_of_service_id),
        affected_persons=[SimpleNamespace(age_group=say(key), count=count) for key, count in Counter(row.affected_persons).items()],
        risk_factors=[say(key) for key in row.risk_factors],
        protective_factors=[say(key) for key in row.protective_factors],
        study_flags=[say(key) for key in row.study_flags],
    )


def _decision(row, say):
    return SimpleNamespace(
        decision=row.decision,
        label=row.get_decision_display(),
        decided_at=row.decided_at,
        criteria_not_met=[say(key) for key in row.criteria_not_met],
        reason=say(row.decision_reason_id),
        tally_met=row.tally_met,
        tally_not_met=row.tally_not_met,
        tally_question=row.tally_question,
    )


def _conclusion(row, say):
    return SimpleNamespace(reason=say(row.conclusion_reason_id), factors_lowered=[say(key) for key in row.factors_lowered])


# --- rights come and go: called from lifecycles only ---------------------------------------------------------------------


@for_the_table("rights")
def grant(situation, *, relation: Relation, to, by, ends_at: datetime | None = None) -> None:
    """Members (in the room, the privacy officer) or an agency (originator, engaged) may see, until ``ends_at``."""
    audiences = to if isinstance(to, list | tuple) else [to]
    is_of_agencies = relation in (Relation.ORIGINATOR, Relation.ENGAGED)
    column = "agency" if is_of_agencies else "member"
    held = set(
        Disclosure.objects.filter(situation=situation, relation=relation, **{f"{column}__in": audiences})
        .filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()))
        .values_list(f"{column}_id", flat=True)
    )
    fresh = [audience for audience in audiences if audience.pk not in held]
    now = clock.now()
    giver = None if isinstance(by, str) else by
    Disclosure.objects.bulk_create(
        Disclosure(
            table_id=situation.table_id,
            situation=situation,
            relation=relation,
            granted_at=now,
            granted_by=giver,
            ends_at=ends_at,
            **{column: audience},
        )
        for audience in fresh
    )
    ledger.LedgerEntry.objects.bulk_create(
        ledger.entry(LedgerAct.GRANTED, by=by, situation=situation, audience=audience, relation=relation) for audience in fresh
    )


@for_the_table("rights")
def end(situation, *, relation: Relation, by, of=None, at: datetime | None = None) -> None:
    """The right of ``of`` (all audiences, when left out) ends now, or at a later moment that is already known."""
    moment = at or clock.now()
    rights = Disclosure.objects.filter(situation=situation, relation=relation).filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()))
    if of is not None:
        rights = rights.filter(agency=of) if relation in (Relation.ORIGINATOR, Relation.ENGAGED) else rights.filter(member=of)
    ended = list(rights)
    rights.update(ends_at=moment)
    if at is None:
        ledger.LedgerEntry.objects.bulk_create(
            ledger.entry(LedgerAct.ENDED, by=by, situation=situation, audience=right.agency_id or right.member_id, relation=relation)
            for right in ended
        )


@for_the_table("rights")
def move_ends(situation, *, relation: Relation, ends_at: datetime | None) -> None:
    """The rights in this relation that hold now end at another moment, or never: the meeting is extended, a conclusion is undone."""
    Disclosure.objects.filter(situation=situation, relation=relation, ends_at__gt=clock.now()).update(ends_at=ends_at)
