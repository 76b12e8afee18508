"""A proof of one table's settings: for each stage a situation is played beside it, everyone asks everything, and nothing stays.

It is played at a table made for it within a transaction that is rolled back, with the settings of the one that is proven. So no
row of the town is changed or locked, and whoever works there meanwhile neither waits nor sees it (docs/decisions/0028).
"""

import logging
import time
from collections.abc import Callable
from contextlib import contextmanager

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from agencies import clock
from agencies import lifecycle as agencies
from agencies.actor import acting_as, also_between_transactions, for_the_table
from agencies.enums import AGENCY_ROLES, TABLE_ROLES, Role
from agencies.models import PracticeClock, SituationTable
from practice.proof import canaries, cast, crawl, matrix, stands

DOMAIN = "proof.example"  # where nobody has an address (RFC 2606)
MARKED = " (proof)"  # an agency's name is nobody else's
OF_ITS_OWN = {"id", "name_en", "name_fr", "name_oj", "version", "is_active", "number_prefix"}
TWINS = {"colleague", "assisting"}  # they stand as others of the cast do
# Who acts for the agency that brought it, or that leads, and does not sit in the room: the relation by itself.
AT_A_DESK = {
    "originator_at_desk": (cast.PARTS["originator"][0], [Role.REPRESENTATIVE]),
    "lead_at_desk": (cast.PARTS["lead"][0], [Role.REPRESENTATIVE]),
}
PLAYED_ALREADY = [{role} for role in (*TABLE_ROLES, Role.OBSERVER, Role.REPRESENTATIVE)]
WHOLE = ("concluded",)  # when most is written, the pages that know of no situation are opened too
REVEAL, SQL = "meetings:reveal", "SQL"
ROW, KINDS = "database_row", "database_words"  # what the second wall is asked, beside the data of the matrix


def people_for(combinations) -> dict[str, tuple]:
    """Who is asked: the cast, two at their desks, nobody signed in, and one for each combination of roles that none of these has."""
    people = {**cast.PARTS, **AT_A_DESK, cast.NOBODY: (None, [])}
    for number, roles in enumerate((each for each in combinations if set(each) not in PLAYED_ALREADY), start=1):
        # Who also acts for an agency acts for the one that brought the situation: that relation lasts from draft to purge.
        agency = cast.PARTS["originator"][0] if AGENCY_ROLES & set(roles) else None
        people[f"holds_{number}"] = (agency, [Role(role) for role in roles])
    return people


def prove(table, *, stages=canaries.STAGES, who=None, tell: Callable[..., None] = lambda **_: None) -> dict:
    """What everyone finds at each stage at a table with these settings, beside what the matrix gives; ``tell`` hears how far it is.

    Nothing of it stays. ``who`` are the parts that ask; without it all do. Returns what the page shows: the stages with their rows
    of cells, and what is not as decided.
    """
    began, started = timezone.now(), time.monotonic()  # the real clock: when somebody pressed, and how long it took
    combinations = stands.combinations(table)
    report = {
        "began": began.isoformat(),
        "settings": stands.settings_of(table),
        "combinations": combinations,
        "digest": stands.digest(table),
    }
    told, wrong = [], []
    people = people_for(combinations)
    for place, stage in enumerate(stages):
        tell(percent=100 * place / len(stages), stage=stage)
        proof = StageProof(stage, table, people, who=who)
        with _taken_back(), cast.known_at(DOMAIN):
            proof.play()
        told.append(proof.told())
        wrong += proof.wrong
    return report | {"stages": told, "wrong": wrong, "seconds": round(time.monotonic() - started), "is_as_decided": not wrong}


@contextmanager
def _taken_back():
    """Within the block everything is played and asked; afterwards nothing of it has been, and no refused page is told on the console."""
    logging.disable(logging.ERROR)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)


class StageProof:
    """One stage: who found what, at which address, and what of that is not as decided."""

    def __init__(self, stage, table, people, *, who=None):
        self.stage, self.of, self.people = stage, table, people
        self.is_room_open = stage in matrix.HEARD
        self.is_sealed = table.names_are_sealed
        self.asked = [part for part in people if part not in TWINS and (who is None or part in who)]
        self.known = {"is_room_open": self.is_room_open, "people": people}
        self.rows: dict[str, list] = {}
        self.wrong: list[dict] = []

    def play(self) -> None:
        """Seat the cast, bring a situation to the stage, and ask as everyone."""
        hands = PracticeClock.objects.values_list("seconds", flat=True).first() or 0.0
        # A page reads the practice clock by itself, and adds it to whatever the clock was moved by around it.
        with clock.moved_by(clock.offset_seconds() + hands):
            town = canaries.town_at(self.stage, is_room_open=self.is_room_open, table=self._twin())
            shown = {part: self._shown_by_the_database(part, town) for part in self.asked}
        for part in self.asked:
            self._ask(part, town, *shown[part])

    def _twin(self) -> SituationTable:
        """A table with the same settings under a name of its own, at which the cast sits."""
        settings = {field.attname: getattr(self.of, field.attname) for field in SituationTable._meta.concrete_fields}
        kept = {name: value for name, value in settings.items() if name not in OF_ITS_OWN}
        table = agencies.create_table(name_en="Proof", name_fr="Preuve", number_prefix=canaries.PREFIX, by=cast.BY, **kept)
        cast.seat([table], people=self.people, marked=MARKED)
        return table

    def _shown_by_the_database(self, part, town) -> tuple[bool, set[str], set[str]]:
        """Whether the second wall shows this member the situation's row; which kinds of its sealed words, and which are written."""
        written = _kinds(town.situation)
        with acting_as(None if part == cast.NOBODY else cast.the(part)):
            with connection.cursor() as cursor:
                cursor.execute("SELECT EXISTS (SELECT FROM situations_situation WHERE id = %s)", [town.situation.pk])
                is_there = cursor.fetchone()[0]
            return is_there, _kinds(town.situation), written

    def _ask(self, part, town, has_row: bool, kinds: set[str], written: set[str]) -> None:
        client = crawl.a_browser()
        if part != cast.NOBODY:
            crawl.signed_in(client, cast.the(part), table=town.table)
        where = crawl.visit(client, town, is_whole=self.stage in WHOLE)
        for address in (address for address, hits in where.items() if crawl.BROKEN in hits):
            self.wrong.append({"stage": self.stage, "who": part, "what": "broken", "datum": "", "addresses": [address]})
        self._compare_pages(part, where)
        if self.is_sealed:
            self._compare_reveal(part, client.post(reverse(REVEAL, args=[town.situation.pk])))
        self._cell(ROW, part, {ROW} if matrix.stands(part, self.stage, **self.known) else set(), {SQL: {ROW} if has_row else set()})
        self._cell(KINDS, part, matrix.kinds_shown(part, self.stage, **self.known) & written, {SQL: kinds})

    def _compare_pages(self, part, where) -> None:
        may = matrix.may_find(part, self.stage, is_sealed=self.is_sealed, **self.known)
        also = {address: matrix.also_given(part, self.stage, address, people=self.people) for address in where}
        for datum in self._data():
            given = {canary for canary in may if datum_of(canary) == datum}
            found = {address: {hit for hit in hits - also[address] if datum_of(hit) == datum} for address, hits in where.items()}
            self._cell(datum, part, given, found)

    def _compare_reveal(self, part, page) -> None:
        names = {canaries.UNDER_SEAL["identifiers"]}
        given = names if matrix.may_be_revealed(part, self.stage, **self.known) else set()
        self._cell("identifiers", part, given, {f"{REVEAL} {page.status_code}": crawl.canaries_in(page) & names})

    def _data(self) -> list[str]:
        written = [datum for datum, stages in matrix.WRITTEN.items() if self.stage in stages]
        if self.stage not in ("rejected", "withdrawn"):
            written.append("discussed_before")
        return [*written, "plan_text"] if self.is_sealed and self.stage in matrix.UNDER_SEAL["plan_text"] else written

    def _cell(self, datum, part, given: set[str], where: dict[str, set[str]]) -> None:
        """One cell of the stage's grid: what the matrix gives, what was found, and whether the one is the other."""
        found = set().union(*where.values()) if where else set()
        self.rows.setdefault(datum, []).append([self._letter(datum, part), _said(given), _said(found), found == given])
        told = {"stage": self.stage, "who": part, "datum": datum}
        if found - given:
            addresses = sorted(address for address, hits in where.items() if hits - given)
            self.wrong.append(told | {"what": "found", "addresses": addresses})
        if given - found:
            self.wrong.append(told | {"what": "not_found", "addresses": []})

    def _letter(self, datum, part) -> str:
        if datum in (ROW, KINDS):
            return ""
        relations = matrix.relations_of(part, self.stage, **self.known)
        if datum == "discussed_before":  # the earlier number is its writers' alone; yes, no or unknown has no canary
            relations &= {"OR"}
        if datum == "systemic_issues" and AGENCY_ROLES & set(self.people[part][1]):
            relations |= set(matrix.OF_THE_SEATED)
        return matrix.letter(datum, self.stage, relations)

    def told(self) -> dict:
        who = []
        for part in self.asked:
            relations = matrix.relations_of(part, self.stage, **self.known)
            in_order = [relation for relation in matrix.POLICY["relations"] if relation in relations]
            who.append({"part": part, "roles": [str(role) for role in self.people[part][1]], "relations": in_order})
        return {"stage": self.stage, "who": who, "rows": self.rows, "wrong": len(self.wrong)}


def _kinds(situation) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT kind FROM situations_sealedtext WHERE situation_id = %s", [situation.pk])
        return {kind for (kind,) in cursor.fetchall()}


def _said(canaries_of_a_datum: set[str]) -> str:
    """How much of a datum a set of its canaries is: all of it, some, or none. Of two that speak, one alone is one's own part."""
    if not canaries_of_a_datum:
        return "none"
    own = [each for each in canaries_of_a_datum if each.endswith("-")]
    return "some" if len(own) == 1 and own[0].startswith(tuple(f"zq-{datum}-" for datum in canaries.SAID_BY)) else "all"


def datum_of(canary: str) -> str:
    """The datum that a canary names; '' for what is none."""
    if canary == canaries.EARLIER:
        return "discussed_before"
    if canary.startswith(canaries.PREFIX):
        return "number_stage_dates"
    return canary.removeprefix("zq-").split("-")[0] if canary.startswith("zq-") else ""


@contextmanager
def as_the_table():
    """Within the block who plays is the table itself, and the moment is one throughout a stage, whoever moves the practice clock."""
    with also_between_transactions(), for_the_table("practice"), connection.cursor() as cursor:
        cursor.execute("SET default_transaction_isolation = 'repeatable read'")
        try:
            yield
        finally:
            cursor.execute("RESET default_transaction_isolation")
