"""Who speaks for whom at a practice table."""

from agencies.models import Agency, Member
from practice.town import AGENCIES, AGENCY_INDEX, PEOPLE, Person, PracticeTable

ROLES_OF_AN_AGENCY = ("representative", "agency_lead")


class People:
    """The members of the invented town at one table, by what they are there; agencies are places in ``town.AGENCIES``."""

    def __init__(self, practice_table: PracticeTable):
        members = {
            member.email: member for member in Member.objects.select_related("agency").filter(email__in=[one.email for one in PEOPLE])
        }
        self._everyone = list(members.values())
        self._agencies = {agency.name: agency for agency in Agency.objects.filter(name__in=[agency.name for agency in AGENCIES])}
        self._speaking: dict[int, list[Member]] = {}
        self._alternates: dict[int, Member] = {}
        self._holding: dict[str, list[Member]] = {}
        for person in sorted(PEOPLE, key=_speaks_first):
            for role in person.roles_at(practice_table):
                self._holding.setdefault(role, []).append(members[person.email])
            if person.agency is None:
                continue
            index = AGENCY_INDEX[person.agency]
            roles = set(person.roles_at(practice_table))
            if "alternate" in roles:
                self._alternates[index] = members[person.email]
            if roles & set(ROLES_OF_AN_AGENCY) and ("representative" in roles or index not in self._speaking):
                self._speaking.setdefault(index, []).append(members[person.email])

    def holding(self, role: str) -> list[Member]:
        """Those who hold a role here, those of the table itself first."""
        return self._holding.get(role, [])

    def agency(self, index: int) -> Agency:
        return self._agencies[AGENCIES[index].name]

    def speaker(self, index: int, turn: int = 0) -> Member:
        """A representative of the agency; where there are several they take turns."""
        speaking = self._speaking[index]
        return speaking[turn % len(speaking)]

    def alternate(self, index: int) -> Member:
        """The agency's alternate, or its representative where it has none."""
        return self._alternates.get(index) or self.speaker(index)

    def look_again(self) -> None:
        """Ask anew what each is at the table: signatures were renewed, or ran out."""
        for member in self._everyone:
            member.__dict__.pop("standing", None)


def _speaks_first(person: Person) -> tuple[bool, bool]:
    return (person.agency is not None, "representative" not in person.roles)
