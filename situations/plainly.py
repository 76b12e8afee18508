"""The visibility matrix in plain words: each kind of data, when, and who may do what with it. The public page draws from here."""

from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from situations.enums import Relation, Stage
from situations.withheld import WORDS

ANYONE = "AN"  # the matrix's column for whoever asks, without signing in
SEATED = "seated"  # any member of a seated agency: who the first three columns mean where no situation is asked about
OF_ONE_SITUATION = {"looks_in_the_ledger": Relation.ORIGINATOR}  # the same at every stage, and yet of a situation that somebody brought
OF_THE_SEATED = (Relation.ORIGINATOR, Relation.IN_THE_ROOM, Relation.ENGAGED)
WHO = {
    SEATED: _("people of the agencies that have a seat"),
    Relation.ORIGINATOR: _("the agency that brought it"),
    Relation.IN_THE_ROOM: _("people in the room, while it is heard"),
    Relation.ENGAGED: _("the agencies that respond"),
    Relation.CHAIR: _("the chair"),
    Relation.COORDINATOR: _("the coordinator and the recorder"),
    Relation.STEERING: _("the steering committee"),
    Relation.ADMINISTRATOR: _("the administrator"),
    Relation.PRIVACY_OFFICER: _("the privacy officer"),
    ANYONE: _("everyone, without signing in"),
}
# What a letter of the matrix gives, the most first.
GIVES = {
    "W": _("May read and write it"),
    "R": _("May read it"),
    "O": _("May write and read their own part"),
    "L": _("May read it after giving a reason, which is recorded"),
    "#": _("May know that it is there, not what it says"),
}
# What each kind of data is, in a sentence.
HOLDS = {
    "agenda_line": _("That a new situation comes to the next meeting, and which agency brings it. Nothing about the person."),
    "number_stage_dates": _("A number such as 2026-031, how far it has come, and when."),
    "originating_agency": _("Which agency brought the situation to the table."),
    "filter1_worksheet": _("What the agency tried by itself, and whether an emergency call was needed."),
    "aer_criteria": _("Which of the four signs of a very high risk are met."),
    "profile_and_factors": _("Age group, gender, language, risks and strengths: codes from lists, never a name."),
    "why_now": _("A few sentences about why it cannot wait, without a name, a street or a school."),
    "consent_and_ground": _("Whether the person agreed, and what in the law allows the table to talk."),
    "discussed_before": _("Whether the table talked about it before: yes, no, or not known."),
    "positions": _("Whether each agency found the risk very high."),
    "decision": _("What the table decided, why, and how many agencies agreed."),
    "identifiers": _("Only at a table where names cannot be spoken safely. Elsewhere a name is spoken and never written."),
    "involvement": _("Whether each agency knows the person already or could help."),
    "lead_and_assisting": _("Which agency leads the help, and which ones assist."),
    "steps": _("Who does what, and by when: codes from a list."),
    "plan_text": _("Only at a table where names cannot be spoken safely: the plan in words."),
    "contacts_and_clock": _("When somebody went to the door, what came of it, and whether it was within 48 hours."),
    "services_mobilised": _("Which services were offered, used, refused or missing."),
    "report_backs": _("How the help goes on: a code from a list, heard at the next meeting."),
    "conclusion": _("How it ended, and which risks became smaller."),
    "follow_up": _("How it stands 30 and 90 days later, by number."),
    "systemic_issues": _("What stands in the way of many people, such as too few beds. It belongs to no situation."),
    "attendance": _("Who was at a meeting, from when to when."),
    "recusals": _("Who left the room because they know the person. Others see only “out of the room”."),
    "not_brought_forward": _("How many situations an agency thought about and did not bring: a count, of nobody."),
    "legal_hold": _("That the law asks to keep the words longer, why, and until when. Two people decide it."),
    "minutes": _("Numbers and decisions of a meeting. Nothing about anyone."),
    "looks_in_the_ledger": _("Each look at a situation. An agency reads who looked at what it brought; everyone reads their own looks."),
    "releases_steering": _("Counts for the people who steer the table; small numbers are left out."),
    "releases_public": _("Counts for everyone; small numbers are left out."),
    "directory": _("The people and agencies of the table, and how to reach them at work."),
    "vocabularies": _("The lists from which all codes come."),
    "keys": _("The keys with which words are sealed. No one reads them."),
}


def in_plain_words(revealed: dict) -> list[SimpleNamespace]:
    """A section for each datum of a matrix (``disclosure.read``): its title, what it is, and rows of when and who may do what."""
    return [
        SimpleNamespace(name=datum, title=WORDS[datum][0], holds=HOLDS[datum], rows=_rows(datum, by_stage))
        for datum, by_stage in revealed.items()
    ]


def stages_with(revealed: dict, stage: str) -> list:
    """The titles of what anyone may still know of at a stage."""
    return [WORDS[datum][0] for datum, by_stage in revealed.items() if not is_always(by_stage) and set(by_stage[stage].values()) - {"-"}]


def is_always(by_stage: dict) -> bool:
    """Whether a datum is the same at every stage: it belongs to no situation."""
    return len({tuple(letters.items()) for letters in by_stage.values()}) == 1


def _rows(datum: str, by_stage: dict) -> list[SimpleNamespace]:
    """Stages at which the same holds stand in one row; the last row, ``is_rest``, is for those at which nobody may do anything."""
    is_of_the_table = is_always(by_stage) or datum == "agenda_line"
    of_the_seated = [each for each in OF_THE_SEATED if is_of_the_table and each != OF_ONE_SITUATION.get(datum)]
    grouped: dict[tuple, list] = {}
    for stage, letters in by_stage.items():
        grouped.setdefault(_given(letters, of_the_seated), []).append(Stage(stage).label)
    ordered = sorted(grouped.items(), key=lambda pair: not pair[0])
    return [
        SimpleNamespace(
            stages=stages,
            is_always=len(stages) == len(by_stage),
            is_rest=not given,
            gives=[SimpleNamespace(words=GIVES[letter], who=[WHO[each] for each in who]) for letter, who in given],
        )
        for given, stages in ordered
    ]


def _given(letters: dict[str, str], of_the_seated) -> tuple:
    """By letter, the most first, who has it; of several letters for the same people only the one that gives the most."""
    most: dict[str, str] = {}
    for relation, letter in letters.items():
        who = SEATED if relation in of_the_seated else relation
        most[who] = min(letter, most.get(who, letter), key=[*GIVES, "-"].index)
    by_letter = ((letter, tuple(who for who, given in most.items() if given == letter)) for letter in GIVES)
    return tuple((letter, who) for letter, who in by_letter if who)
