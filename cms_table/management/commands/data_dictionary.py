"""Write docs/data-dictionary.md from the models: what is kept, what it means, and who is shown it."""

import ast
import inspect
import io
import textwrap
import tokenize
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models
from django.db.models.expressions import Combinable
from django.utils import translation

from agencies import vocabulary
from agencies.models.vocabulary import Vocabulary
from situations.disclosure import REVEALED
from situations.withheld import WORDS

WRITTEN = Path(settings.BASE_DIR) / "docs" / "data-dictionary.md"
FLOORS = ["agencies", "situations", "responses", "meetings", "reports"]
STALE = "docs/data-dictionary.md is not what the models say: write it anew with `.venv/bin/python manage.py data_dictionary`."

# The ground floor's fields by datum of the matrix; the floors above keep theirs in their own disclosure.py.
GROUND_FLOOR = {
    "SituationTable.directory": [
        "name_en", "name_fr", "name_oj", "time_zone", "number_prefix", "weekdays", "starts_at", "length_minutes", "place",
        "decision_rule", "naming", "retention_days", "draft_days", "codes_years", "is_active",
    ],
    "Agency.directory": ["name", "name_language", "sector", "agency_type", "is_active"],
    "Seat.directory": ["table", "agency", "starts_at", "ends_at"],
    "Member.directory": ["email", "full_name", "agency", "telephone", "language", "is_active", "invited_at", "joined_at"],
    "Appointment.directory": ["table", "member", "role", "stands_in_for", "starts_at", "ends_at"],
    "Agreement.directory": ["table", "kind", "number", "text_en", "text_fr", "valid_months", "published_at"],
    "AgreementSignature.directory": ["agreement", "agency", "signed_by", "signed_at", "expires_at"],
    "Entry.vocabularies": [
        "vocabulary", "code", "label_en", "label_fr", "help_en", "help_fr", "synonyms_en", "synonyms_fr", "group_en", "group_fr",
        "is_sensitive", "rtd_code", "is_verified", "retired_at",
    ],
    "LedgerEntry.looks_in_the_ledger": [
        "at", "act", "by_id", "by_job", "agency_id", "situation_id", "subject", "audience_id", "relation", "codes",
    ],
}  # fmt: skip
NEVER_SHOWN_ON_THE_GROUND_FLOOR = {
    "SituationTable": ["id", "version"],
    "Agency": ["id", "version"],
    "Seat": ["id"],
    "Member": ["id", "password", "last_login", "mail", "mail_hour", "mail_daily", "single_keys", "calendar_key", "version"],
    "Appointment": ["id", "given_by"],
    "Agreement": ["id"],
    "AgreementSignature": ["id", "table"],
    "Entry": ["id", "group_code", "marks", "position", "version"],
    "LedgerEntry": ["id", "written_at", "table_id", "subject_id"],
    "LedgerSeal": ["number", "sealed_at", "previous", "hash", "entries", "digests"],
    "LedgerWaiting": ["position", "entry_id"],
    "Outbox": [
        "id",
        "table",
        "notice",
        "recipient",
        "address",
        "subject_id",
        "moment",
        "reminded_by",
        "created_at",
        "send_at",
        "sent_at",
        "dropped_at",
        "read_at",
    ],
    "Recovery": ["id", "table", "member", "asked_by", "asked_at", "is_asked_by_keeper", "confirmed_by", "confirmed_at", "declined_at"],
    "FormToken": ["id", "member", "token", "result", "posted_at"],
    "AgencySignIn": ["id", "member", "issuer", "subject", "linked_at"],
    "SignIn": ["session_key", "session_data", "expire_date", "member", "mark", "device", "began_at", "seen_at"],
    "PracticeClock": ["id", "seconds"],
}

# What a name means wherever it stands.
ANYWHERE = {
    "id": "key of the row, random; never a number that counts",
    "version": "counts the changes, so that two people never overwrite each other without a word",
    "table": "the table to which it belongs",
    "situation": "the situation to which it belongs",
    "response": "the response to which it belongs",
    "meeting": "the meeting to which it belongs",
    "item": "the agenda item to which it belongs",
    "recorded_by": "who typed it",
    "recorded_at": "when it was typed",
}
# What a name alone does not say, and neither a label nor a comment beside the field.
MEANINGS = {
    "NotBroughtForward.agency": "whose count it is; nobody else reads it",
    "Seat.agency": "the agency whose place it is",
    "Seat.starts_at": "from when the agency sits at the table",
    "Seat.ends_at": "until when; empty while it sits",
    "Member.password": "the password's hash (argon2), never the password",
    "Member.last_login": "when the person last signed in",
    "Member.mail": "when the person wants the table's mail; shown to nobody else",
    "Member.mail_hour": "the hour of the daily mail, by the table's wall clock",
    "Member.mail_daily": "the kinds of mail that wait for the daily one, when the person chose them",
    "Member.single_keys": "whether letters act at the table, alone or together with Alt and Shift; shown to nobody else",
    "Member.calendar_key": "the hash (SHA-256) of the secret in the calendar's address, never the secret; empty while there is none",
    "Recovery.member": "who lost phone and codes, and is to be let in anew",
    "Recovery.asked_by": "the first of the two who let them in; those who look after the person read it",
    "Recovery.confirmed_by": "the second of the two; empty while it waits",
    "Recovery.is_asked_by_keeper": "whether the first of the two keeps the table; otherwise the second must",
    "AgencySignIn.member": "who also signs in at their agency's own sign-in",
    "AgencySignIn.issuer": "the address of that sign-in",
    "AgencySignIn.linked_at": "when the two were linked",
    "SignIn.session_key": "the session's secret, which the browser holds in a cookie",
    "SignIn.session_data": "what the session holds: who signed in, how and when, at which table they sit, what they read next once",
    "SignIn.expire_date": "when it ends if nobody acts any more",
    "SignIn.member": "who is signed in; empty before that",
    "SignIn.began_at": "when the person signed in there, by the server's own clock",
    "Member.invited_at": "when the invitation was sent",
    "Member.joined_at": "when the person opened the invitation and chose a password",
    "Appointment.member": "who holds the role",
    "Appointment.stands_in_for": "for an alternate: whose place it is",
    "Appointment.given_by": "who gave the role; empty when the table's own job did",
    "AgreementSignature.agreement": "the version that was signed",
    "AgreementSignature.agency": "the agency for which it was signed; empty when a person signed for themself",
    "AgreementSignature.signed_by": "who signed",
    "AgreementSignature.signed_at": "when",
    "AgreementSignature.expires_at": "until when the signature counts",
    "Entry.id": "key: the list and the code, such as risk_factor:ALC-01",
    "Entry.marks": "what code asks an entry, such as whether a result stops the clock",
    "LedgerEntry.act": "what was done",
    "LedgerEntry.by_job": "the name of the table's own job that acted, when no person did",
    "LedgerEntry.table_id": "at which table",
    "LedgerEntry.situation_id": "about which situation",
    "LedgerEntry.by_id": "who acted; empty for a named job of the table's own",
    "LedgerEntry.subject_id": "the key of the thing that was touched, when not a situation",
    "LedgerEntry.relation": "in which relation to the situation",
    "LedgerSeal.number": "which block of the chain, counted from 1",
    "LedgerSeal.sealed_at": "when it was sealed, by the database's real clock",
    "LedgerSeal.previous": "the hash of the block before",
    "LedgerSeal.hash": "SHA-256 over the block before, the entries and their digests",
    "LedgerSeal.entries": "which entries, in the order in which they were sealed",
    "LedgerSeal.digests": "the SHA-256 of each of them",
    "Beat.table": "whose screens",
    "Beat.count": "how often anything on them changed; a trigger counts",
    "LedgerWaiting.position": "in which order entries are sealed",
    "LedgerWaiting.entry_id": "an entry that no block holds yet",
    "Outbox.notice": "what kind of mail",
    "Outbox.recipient": "to whom",
    "Outbox.reminded_by": "the coordinator who reminded",
    "Outbox.send_at": "not before this moment",
    "Outbox.sent_at": "when it left",
    "Outbox.dropped_at": "when it was found to be no longer true, and was not sent",
    "FormToken.member": "who posted the form",
    "FormToken.token": "the form's own random number",
    "FormToken.result": "the address to which the first post led",
    "FormToken.posted_at": "when; removed after two days",
    "PracticeClock.seconds": "by how many seconds the practice clock stands from the real one",
    "Situation.originating_agency": "the agency that brought it",
    "Situation.stage": "where it stands",
    "Situation.year": "the local year of its number",
    "Situation.sequence": "the place of its number in that year",
    "Situation.opened_at": "when the draft was begun",
    "Situation.submitted_at": "when it was submitted",
    "Situation.decided_at": "when the table decided",
    "Situation.responding_at": "when the response was recorded",
    "Situation.ended_at": "when it ended, however it ended",
    "Situation.purged_at": "when its words were forgotten after the table's days",
    "Situation.tally_met": "how many agencies found the risk acute",
    "Situation.tally_not_met": "how many did not",
    "Situation.tally_question": "how many had a question",
    "NumberCounter.year": "the local year",
    "NumberCounter.last": "the last number given in it",
    "Disclosure.relation": "as what the audience may see it",
    "Disclosure.member": "the member who may see, when it is a member",
    "Disclosure.agency": "the agency whose people may see, when it is an agency",
    "Disclosure.granted_at": "from when",
    "Disclosure.granted_by": "who decided it; empty when the table's own job did",
    "Disclosure.ends_at": "until when; empty while no end is set",
    "Recusal.member": "who stepped out",
    "Recusal.recused_at": "when",
    "Recusal.recused_by": "who asked for it: the member, the chair or the agency that brought it",
    "Recusal.ended_at": "when the member stepped in again",
    "LegalHold.asked_at": "when the first person asked for it",
    "LegalHold.asked_by": "who asked",
    "LegalHold.confirmed_at": "when a second person agreed; empty until then",
    "LegalHold.confirmed_by": "who agreed, never who asked",
    "LegalHold.ended_at": "when it was ended before its day",
    "LegalHold.ended_by": "who ended it",
    "Tombstone.texts": "how many sealed texts went",
    "Tombstone.forgotten_at": "when, by the table's clock",
    "Tombstone.written_at": "when, by the database's own clock",
    "Tombstone.kept_outside_at": "when it was copied beside the wrapping keys",
    "Tombstone.table_id": "at which table",
    "Tombstone.situation_id": "of which situation; the reference is soft, so that it outlives the row",
    "WordCell.kind": "which words",
    "WordCell.stage": "at which stage",
    "WordCell.relation": "for whom",
    "WordCell.is_written": "whether they are written there, too",
    "SealedText.kind": "what the words say",
    "SealedText.ciphertext": "the words, sealed under the situation's own key; by their kind also shown as identifiers or plan_text",
    "SealedText.written_by": "who wrote them",
    "SealedText.written_at": "when",
    "SituationKey.wrapped": "the situation's key, itself sealed by a key outside the database",
    "SituationKey.created_at": "when it was made",
    "Response.proposed_at": "when the lead proposed how it ended",
    "Response.proposed_by": "who typed the proposal",
    "Engagement.agency": "the agency that takes part or is asked",
    "Engagement.part": "as lead or assisting",
    "Engagement.standing": "where its engagement stands",
    "Engagement.since": "since when",
    "Engagement.until": "until when, once it declined or left",
    "Step.state": "where the step stands",
    "Step.planned_by": "who planned it",
    "Step.settled_at": "when it was done or dropped",
    "Step.settled_by": "who said so",
    "Contact.agency": "which agency tried",
    "ReportBack.agency": "which agency reports",
    "ReportBack.at": "when it reported",
    "FollowUp.agency": "the agency that led, and is asked",
    "FollowUp.day": "which of the two questions",
    "FollowUp.due_at": "when the answer is due",
    "FollowUp.answered_at": "when it was answered",
    "FollowUp.answered_by": "who answered",
    "SystemicIssue.raised_by": "who raised it",
    "SystemicIssue.raised_for": "for which agency",
    "SystemicIssue.raised_at": "when it was raised",
    "SystemicIssue.changed_at": "when it was last changed",
    "Meeting.kind": "regular, or an emergency session",
    "Meeting.state": "where the meeting stands",
    "Meeting.called_by": "who called the emergency session",
    "Meeting.opened_at": "when the chair opened it",
    "Meeting.opened_by": "who opened it",
    "Meeting.closed_at": "when it was closed",
    "Meeting.minutes_approved_at": "when the minutes were approved",
    "Meeting.minutes_approved_by": "who approved them",
    "WallSignIn.code_hash": "the hash (HMAC-SHA-256) of the code that is typed at the projector's computer, never the code",
    "WallSignIn.code_until": "until when the code can be typed",
    "WallSignIn.made_by": "who made the code; the ledger says so too",
    "WallSignIn.key_hash": "the hash (SHA-256) of the secret in that computer's cookie, never the secret; empty until the code was typed",
    "WallSignIn.opened_at": "when the code was typed",
    "WallSignIn.ended_at": "when the chair ended it, or the meeting ended",
    "CalledSeat.agency": "the agency that was called",
    "Attendance.member": "who is at the table",
    "Attendance.agency": "for which agency",
    "Attendance.mode": "in the room, or by video",
    "Attendance.is_observer": "whether as an observer",
    "Attendance.is_alternate": "whether as an alternate",
    "Attendance.arrived_at": "from when",
    "Attendance.left_at": "until when; empty while they are there",
    "AgendaItem.kind": "a report-back or a new situation",
    "AgendaItem.position": "its place on the agenda",
    "AgendaItem.opened_at": "when the chair opened it",
    "AgendaItem.closed_at": "when it was closed",
    "AgendaItem.outcome": "what it came to",
    "AgendaItem.decided_by": "who recorded the outcome",
    "AgendaItem.decided_at": "when",
    "JustDone.deed": "what was done, as a code",
    "JustDone.at": "when; half a minute later it can no longer be undone, and with the next act the row goes",
    "JustDone.undone_at": "when it was undone; empty while it stands",
    "Position.agency": "which agency",
    "Position.position": "what it said",
    "Position.taken_by": "who said it for the agency",
    "Position.taken_at": "when",
    "Involvement.agency": "which agency",
    "Involvement.involvement": "what it said",
    "Involvement.said_by": "who said it for the agency",
    "Involvement.said_at": "when",
    "Release.catalogue_version": "which version of the catalogue of tables",
    "Release.prepared_by": "who prepared it",
    "Release.approved_by": "who approved it: somebody else",
    "Release.withdrawn_by": "who took it back",
    "ReleaseCell.release": "the release to which it belongs",
    "ReleaseCell.label_en": "its label in English, as on the day it was built",
    "ReleaseCell.label_fr": "its label in French, as on the day it was built",
    "ReleaseCell.denominator": "the cell of which it is a share",
}


class Command(BaseCommand):
    help = "Write docs/data-dictionary.md from the models; with --check, only say whether it is up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when the file differs")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        text = dictionary()
        if not check:
            WRITTEN.write_text(text, encoding="utf-8")
            self.stdout.write("docs/data-dictionary.md is written.")
        elif not WRITTEN.exists() or WRITTEN.read_text(encoding="utf-8") != text:
            raise CommandError(STALE)


def dictionary() -> str:
    """The whole dictionary as Markdown, in English. Raises ``CommandError`` for a field without a meaning or a place in the matrix."""
    with translation.override("en-ca"):
        parts = [OPENING]
        for app in FLOORS:
            config = apps.get_app_config(app)
            parts.append(f"## {app}: {config.verbose_name.lower()}\n")
            parts += [described(model) for model in config.get_models() if not model._meta.auto_created]
        return "\n".join([*parts, the_lists(), the_matrix()])


OPENING = """# Data dictionary

Written by `manage.py data_dictionary` from the models; do not edit it by hand. A test fails when it differs from them.

Each table of the database, floor by floor. *Empty* says whether a value may be missing. *Shown as* names the line of the
visibility matrix (`situations/visibility.yaml`) that says who may read it at which stage; *never* means that no page, list,
mail or export holds it. A coded value is the key of an entry, `list:code`; the lists stand at the end.
"""


def described(model: type[models.Model]) -> str:
    """One model: its sentence, its fields, and what the database refuses."""
    shown, never = classification(model)
    comments, spoken = comments_of(model), lists_of(model)
    rows = []
    for field in model._meta.fields:
        name = f"{model.__name__}.{field.name}"
        if field.name not in shown and field.name not in never:
            raise CommandError(f"{name} stands in no datum of the matrix and is not among those never shown.")
        datum = ", ".join(f"`{each}`" for each in shown.get(field.name, [])) or "never"
        meaning = " · ".join(meanings_of(field, name, comments.get(field.name, ""), spoken.get(field.name, "")))
        rows.append(f"| `{field.name}` | {type_of(field)} | {'yes' if field.null or field.blank else 'no'} | {cell(meaning)} | {datum} |")
    refused = [
        f"- {cell(str(constraint.violation_error_message))} (`{constraint.name}`)"
        for constraint in model._meta.constraints
        if constraint.violation_error_message != constraint.default_violation_error_message
    ]
    lines = [f"### {model.__name__}\n", f"{inspect.cleandoc(model.__doc__ or '')}\n"]
    lines += ["| Field | Type | Empty | Meaning | Shown as |", "|---|---|---|---|---|", *rows, ""]
    return "\n".join([*lines, *(["What the database holds to:\n", *refused, ""] if refused else [])])


def classification(model: type[models.Model]) -> tuple[dict[str, list[str]], list[str]]:
    """By field: in which data of the matrix it is shown; and the fields that are never shown."""
    if model._meta.app_label == "agencies":
        by_datum, never = GROUND_FLOOR, NEVER_SHOWN_ON_THE_GROUND_FLOOR
    else:
        policy = import_module(f"{model._meta.app_label}.disclosure")
        by_datum, never = policy.FIELDS, policy.NEVER_SHOWN
    shown: dict[str, list[str]] = {}
    for key, fields in by_datum.items():
        name, datum = key.split(".")
        if datum not in REVEALED:
            raise CommandError(f"{datum} is no datum of the matrix.")
        for field in fields if name == model.__name__ else []:
            shown.setdefault(field, []).append(datum)
    return shown, never.get(model.__name__, [])


def meanings_of(field: Any, name: str, comment: str, spoken: str) -> Iterator[str]:
    """What a field says: its label, the comment beside it, what it may be. Raises ``CommandError`` when nothing says it."""
    label = str(field._verbose_name or "")  # as the model gives it, not as Django makes it of the name
    meaning = MEANINGS.get(name) or label or ("" if comment else ANYWHERE.get(field.name, ""))
    if not (comment or meaning):
        raise CommandError(f"{name} says nothing of itself: give it a label or a comment, or a sentence in this command.")
    yield from (said for said in (meaning, comment) if said)
    if getattr(field, "help_text", ""):
        yield str(field.help_text)
    if field.choices and field.choices != Vocabulary.choices:  # the lists stand at the end
        yield "one of " + ", ".join(f"`{value}` ({label})" for value, label in field.flatchoices)
    if spoken:
        yield f"of the list `{spoken}`"


def type_of(field: Any) -> str:
    if field.is_relation:
        return f"key of {field.related_model.__name__}"
    if hasattr(field, "base_field"):
        return f"list of {type_of(field.base_field)}"
    words = {
        "UUIDField": "random key", "DateTimeField": "moment (UTC)", "DateField": "day", "TimeField": "time of day",
        "BooleanField": "yes or no", "TextField": "text", "BinaryField": "bytes", "JSONField": "JSON", "FloatField": "number",
        "PositiveSmallIntegerField": "number", "PositiveIntegerField": "number",
    }  # fmt: skip
    return words.get(field.get_internal_type()) or f"text, at most {field.max_length}"


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def comments_of(model: type[models.Model]) -> dict[str, str]:
    """The comments that stand beside the fields in the model's own source."""
    source = textwrap.dedent(inspect.getsource(model))
    beside = {
        token.start[0]: token.string.removeprefix("#").strip()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and not token.line.lstrip().startswith("#") and "noqa" not in token.string
    }
    body = next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)).body
    named = [(node.targets[0].id, node) for node in body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)]
    return {
        name: " ".join(beside[line] for line in range(node.lineno, (node.end_lineno or 0) + 1) if line in beside) for name, node in named
    }


def lists_of(model: type[models.Model]) -> dict[str, str]:
    """By coded field: the list that its constraint holds it to."""
    spoken = {}
    for constraint in model._meta.constraints:
        condition: Any = getattr(constraint, "condition", None)
        if isinstance(condition, models.lookups.Lookup) and isinstance(condition.rhs, models.Value):
            field: Any = condition.lhs if isinstance(condition.lhs, models.F) else next(iter(_fields(condition.lhs)), None)
            found = [each for each in Vocabulary.values if f"{each}:" in str(condition.rhs.value)]
            if field is not None and found:
                spoken[field.name] = max(found, key=len)
    return spoken


def _fields(expression: Any) -> list[Any]:
    sources = (
        expression.get_source_expressions() if isinstance(expression, Combinable) and hasattr(expression, "get_source_expressions") else []
    )
    return [each for each in sources if isinstance(each, models.F)]


def the_lists() -> str:
    """Every vocabulary with its title and the number of entries that come with the project."""
    rows = [f"| `{each.value}` | {each.label} | {len(vocabulary.read(each))} |" for each in Vocabulary]
    says = "Each entry has a label in English and in French, and may hold a provincial code. Coordinators add, reword and retire entries."
    return "\n".join(["## The lists\n", f"{says}\n", "| List | Title | Entries that come with it |", "|---|---|---|", *rows, ""])


def the_matrix() -> str:
    """The data of the matrix by name and title."""
    rows = [f"| `{datum}` | {WORDS[datum][0]} |" for datum in REVEALED]
    return "\n".join(["## The lines of the matrix\n", "| Datum | Title |", "|---|---|", *rows, ""])
