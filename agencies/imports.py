"""What a spreadsheet of agencies and people would bring in: read row by row, compared with what is known, nothing written."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import policies
from agencies.enums import AGENCY_ROLES, Language, Role
from agencies.folding import folded
from agencies.lifecycle import NOT_HERE
from agencies.models import Agency, Appointment, Entry, Member, Seat
from agencies.models.vocabulary import Vocabulary
from agencies.spreadsheets import Unreadable

# column: its head in the template, and what else desks call it, folded
COLUMNS = {
    "agency": (gettext_lazy("Agency"), ("organisme", "agence", "organization", "organisation", "partner", "partenaire")),
    "sector": (gettext_lazy("Sector"), ("secteur",)),
    "agency_type": (
        gettext_lazy("Kind of agency"),
        ("kind", "type", "agency type", "type d'organisme", "genre d'organisme", "sorte d'organisme"),
    ),
    "name_language": (
        gettext_lazy("Language of the agency’s name"),
        ("language of the name", "langue du nom", "langue du nom de l'organisme"),
    ),
    "full_name": (
        gettext_lazy("Name of the person"),
        ("name", "full name", "person", "nom", "nom complet", "nom de la personne", "personne"),
    ),
    "email": (gettext_lazy("E-mail address"), ("e-mail", "email", "mail", "courriel", "adresse courriel", "adresse de courriel")),
    "telephone": (gettext_lazy("Telephone"), ("phone", "tel", "telephone at work", "telephone au travail")),
    "language": (gettext_lazy("Language"), ("langue",)),
    "roles": (gettext_lazy("Roles"), ("role",)),
}
LONGEST = {"agency": 120, "full_name": 120, "email": 254, "telephone": 32}
LANGUAGES = {
    **dict.fromkeys(("english", "anglais", "en", "en-ca"), Language.ENGLISH),
    **dict.fromkeys(("french", "francais", "fr", "fr-ca"), Language.FRENCH),
}
LANGUAGES_OF_NAMES = {
    **dict.fromkeys(("english", "anglais", "en", "en-ca"), "en-CA"),
    **dict.fromkeys(("french", "francais", "fr", "fr-ca"), "fr-CA"),
    **dict.fromkeys(("anishinaabemowin", "ojibwe", "oj"), "oj"),
}


@dataclass
class Plan:
    """What a sheet would do; ``wrong`` holds pairs of a row's number and what is wrong there, in a sentence."""

    agencies: list[dict] = field(default_factory=list)  # each with ``row`` and ``state``: new, seat (known, gets its seat), known
    people: list[dict] = field(default_factory=list)  # each with ``row`` and ``state``: new, back, role (known, gets a role), known
    wrong: list[tuple[int, str]] = field(default_factory=list)

    @property
    def brings_anything(self) -> bool:
        return any(each["state"] != "known" for each in [*self.agencies, *self.people])


def plan(rows: list[tuple[int, list[str]]], *, table, member) -> Plan:
    """Compare the rows of a sheet (the first one its heads) with what is known at ``table``; ``member`` would bring it in.

    Raises ``Unreadable`` when the heads are not those of the template.
    """
    places = _places(rows[0][1])
    described = [(number, {name: cells[at] if at < len(cells) else "" for name, at in places.items()}) for number, cells in rows[1:]]
    return _Reading(table, member).read(described)


def template(*, table, member) -> dict:
    """The sheets of the template: the columns, and the words that may stand in them, in the reader's language."""
    lists = [
        [entry.label for entry in Entry.objects.of(Vocabulary.SECTOR).current().of_agencies()],
        [entry.label for entry in Entry.objects.of(Vocabulary.AGENCY_TYPE).current().of_agencies()],
        [str(role.label) for role in policies.givable_roles(member, table)],
        [str(language.label) for language in Language],
    ]
    heads = [str(COLUMNS[column][0]) for column in ("sector", "agency_type", "roles", "language")]
    longest = max(len(words) for words in lists)
    return {
        _("Agencies and people"): [[str(head) for head, _words in COLUMNS.values()]],
        _("Words to choose from"): [heads, *([words[at] if at < len(words) else "" for words in lists] for at in range(longest))],
    }


def _in_both_languages(pairs) -> dict[str, str]:
    """The words of (value, words) pairs, folded, in English and in French, each with its value."""
    words = {}
    for language in ("en-ca", "fr-ca"):
        with translation.override(language):
            words |= {folded(str(said)): value for value, said in pairs}
    return words


def _apart(words: dict[str, str]) -> dict[str, str]:
    """A word that names a woman and a man is also found by either."""
    return words | {one: value for both, value in words.items() for one in both.split(" ou ")}


def _places(heads: list[str]) -> dict[str, int]:
    names = {word: column for column, (_head, words) in COLUMNS.items() for word in words}
    names |= _in_both_languages([(column, head) for column, (head, _words) in COLUMNS.items()])
    places: dict[str, int] = {}
    for at, head in enumerate(heads):
        column = names.get(folded(head).rstrip("*: "))
        if column:
            places.setdefault(column, at)
    if not {"agency", "email"} & set(places):
        raise Unreadable(_("The first row does not name the columns. Take the template, and leave its first row as it is."))
    return places


def _entries(vocabulary) -> dict[str, str]:
    words = {}
    for entry in Entry.objects.of(vocabulary).current().of_agencies():
        words |= {folded(word): entry.pk for word in (entry.pk, entry.code, entry.label_en, entry.label_fr)}
    return words


class _Reading:
    """One reading of a sheet: what is known is asked once, then each row is compared with it."""

    def __init__(self, table, member):
        self.member = member
        self.givable = set(policies.givable_roles(member, table))
        self.roles = _apart(_in_both_languages(Role.choices)) | {folded(role): role for role in Role}
        self.lists = {"sector": _entries(Vocabulary.SECTOR), "agency_type": _entries(Vocabulary.AGENCY_TYPE)}
        self.agencies = {folded(agency.name): agency for agency in Agency.objects.order_by("name")}
        self.seated = set(Seat.objects.current().filter(table=table).values_list("agency", flat=True))
        known = {person.email: person for person in Member.objects.select_related("agency")}
        at_this_table = set(Member.objects.at_table(table).values_list("email", flat=True))
        self.people = {email: person for email, person in known.items() if email in at_this_table}
        self.elsewhere = {email: person for email, person in known.items() if email not in at_this_table}
        self.held: dict[object, set] = {}
        for member_id, role in Appointment.objects.current().filter(table=table).values_list("member", "role"):
            self.held.setdefault(member_id, set()).add(role)
        self.found_agencies: dict[str, dict] = {}
        self.found_people: dict[str, dict] = {}

    def read(self, rows) -> Plan:
        wrong = []
        for number, row in rows:
            self.faults: list[str] = []
            self._find_long(row)
            agency = self._agency(number, row)
            if row.get("email") or row.get("full_name"):
                self._person(number, row, agency)
            elif not agency:
                self._fault(_("There is neither an agency nor a person in this row."))
            wrong += [(number, sentence) for sentence in self.faults]
        return Plan(list(self.found_agencies.values()), list(self.found_people.values()), wrong)

    def _fault(self, sentence) -> None:
        """One more thing that is wrong with the row; nothing of a row with a fault is noted."""
        self.faults.append(str(sentence))

    def _find_long(self, row) -> None:
        for column, longest in LONGEST.items():
            if len(row.get(column, "")) > longest:
                self._fault(_("“%(column)s” is longer than %(longest)s characters.") % {"column": COLUMNS[column][0], "longest": longest})

    def _word(self, row, column, words, otherwise=None):
        """What a cell says, as a value of its list; ``otherwise`` when it is empty, '' when the list does not hold it."""
        said = row.get(column, "")
        if not said:
            return otherwise
        if folded(said) not in words:
            self._fault(_("“%(words)s” is not in the list of the column “%(column)s”.") % {"words": said, "column": COLUMNS[column][0]})
        return words.get(folded(said), "")

    # 1. Agencies ----------------------------------------------------------------------------------------------
    def _agency(self, number, row) -> str:
        """The agency of a row, noted; its name as it is known, or ''."""
        name = row.get("agency", "")
        if not name:
            return ""
        known = self.agencies.get(folded(name))
        if known is None:
            described, state = self._new_agency(name, row), "new"
        else:
            if not known.is_active:
                self._fault(_("%(agency)s is entered as no longer active. Make it active first.") % {"agency": known.name})
            described = {"name": known.name, "name_language": known.name_language}
            described |= {"sector": known.sector_id, "agency_type": known.agency_type_id}
            state = "known" if known.pk in self.seated else "seat"
        if self.faults:
            return described["name"]
        noted = self.found_agencies.setdefault(folded(name), {"row": number, "state": state, **described})
        return noted["name"]

    def _new_agency(self, name, row) -> dict:
        before = self.found_agencies.get(folded(name), {})
        missing = {
            "sector": _("%(agency)s is new: choose its sector from the list of sectors."),
            "agency_type": _("%(agency)s is new: choose the kind of agency from the list of kinds."),
        }
        described = {}
        for column, sentence in missing.items():
            described[column] = self._word(row, column, self.lists[column], before.get(column))
            if described[column] is None:
                self._fault(sentence % {"agency": name})
        language = self._word(row, "name_language", LANGUAGES_OF_NAMES, before.get("name_language", "en-CA"))
        described |= {"name": before.get("name", name), "name_language": language}
        if not self.faults and any(before.get(column, value) != value for column, value in described.items()):
            self._fault(_("Row %(row)s describes %(agency)s in another way.") % {"row": before["row"], "agency": name})
        return described

    # 2. People ------------------------------------------------------------------------------------------------
    def _person(self, number, row, agency) -> None:
        """The person of a row, noted. Whoever sits only at another table stands here as the sheet describes them, like someone new."""
        email = self._address(row)
        known, elsewhere = self.people.get(email), self.elsewhere.get(email)
        if elsewhere is not None and elsewhere.is_active and agency and folded(str(elsewhere.agency or "")) != folded(agency):
            self._fault(NOT_HERE)
        if known is None and not row.get("full_name"):
            self._fault(_("The person has no name."))
        is_here = known is not None and known.is_active
        if is_here and agency and (known.agency is None or folded(known.agency.name) != folded(agency)):
            self._fault(_("%(name)s is known already and acts for %(agency)s.") % {"name": known, "agency": known.agency or _("no agency")})
        acts_for = (known.agency.name if known.agency else "") if is_here else agency
        roles = self._roles(row, acts_for, is_known=is_here)
        fresh = [role for role in roles if not is_here or role not in self.held.get(known.pk, set())]
        if is_here and known.pk == self.member.pk and fresh:
            self._fault(_("This row is about you. Nobody gives a role to themself."))
        language = known.language if known else self._word(row, "language", LANGUAGES, Language.ENGLISH)
        if self.faults:
            return
        self.found_people[email] = {
            "row": number,
            "state": "new" if known is None else "back" if not is_here else "role" if fresh else "known",
            "email": email,
            "full_name": known.full_name if known else row["full_name"],
            "telephone": known.telephone if known else row.get("telephone", ""),
            "language": language,
            "agency": acts_for,
            "roles": fresh,
        }

    def _address(self, row) -> str:
        email = row.get("email", "").lower()
        if not email:
            self._fault(_("The person has no e-mail address; the invitation goes there."))
            return ""
        try:
            validate_email(email)
        except ValidationError:
            self._fault(_("“%(words)s” is not an e-mail address.") % {"words": email})
        if email in self.found_people:
            self._fault(_("The same e-mail address stands in row %(row)s.") % {"row": self.found_people[email]["row"]})
        return email

    def _roles(self, row, agency, *, is_known) -> list[Role]:
        """The roles that a cell names. An empty one gives none, as in an invitation: the person stands in for others of the agency."""
        said = [word.strip() for word in row.get("roles", "").replace(";", ",").replace("/", ",").split(",") if word.strip()]
        if not said and not agency and not is_known:
            self._fault(_("The person has neither a role nor an agency for which to stand in."))
        return [role for role in (self._role(word, agency) for word in said) if role]

    def _role(self, word, agency) -> Role | None:
        if folded(word) not in self.roles:
            self._fault(_("“%(words)s” is not a role at a table.") % {"words": word})
            return None
        role = Role(self.roles[folded(word)])
        if role == Role.ALTERNATE:
            self._fault(_("An alternate is chosen in the app, from a day to a day. Leave this role out."))
        elif role not in self.givable:
            self._fault(_("You cannot give the role “%(role)s”.") % {"role": role.label})
        elif role in AGENCY_ROLES and not agency:
            self._fault(_("The role “%(role)s” is held for an agency. Name the agency.") % {"role": role.label})
        return role
