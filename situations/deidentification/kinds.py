"""What a mark is: the words, what they could give away, why, and what to write instead."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

# A typed line is a few hundred characters. Longer than this is not a line, and is not read in the time a form has.
LONGEST_TEXT = 5_000


class CannotCheck(Exception):
    """The text was not checked; whoever shows it must say so."""


class Kind(StrEnum):
    """What a marked word could give away."""

    NAME = "name"
    AGE = "age"
    DATE = "date"
    ADDRESS = "address"
    STREET = "street"
    PLACE = "place"
    TOWN = "town"
    FIRST_NATION = "first_nation"
    SCHOOL = "school"
    WORKPLACE = "workplace"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    POSTAL_CODE = "postal_code"
    NUMBER = "number"
    PLATE = "plate"
    OTHER_SCRIPT = "other_script"


EXPLANATIONS: dict[Kind, Any] = {
    Kind.NAME: _("This looks like the name of a person or a place. Say who or what it is to the situation instead."),
    Kind.AGE: _("An exact age or school grade can give someone away. The age group is enough."),
    Kind.DATE: _("A date can be matched with the news or with a record. Say roughly when."),
    Kind.ADDRESS: _("This looks like an address."),
    Kind.STREET: _("This looks like a street or a road."),
    Kind.PLACE: _("This looks like a named building or place."),
    Kind.TOWN: _("The name of a town or a neighbourhood can give someone away, above all in a small one."),
    Kind.FIRST_NATION: _("This names a First Nation or its community. In a small community that can give someone away."),
    Kind.SCHOOL: _("This names a school."),
    Kind.WORKPLACE: _("This names a workplace."),
    Kind.PHONE: _("This looks like a phone number."),
    Kind.EMAIL: _("This looks like an e-mail address."),
    Kind.HANDLE: _("This looks like a link or a name used on social media."),
    Kind.POSTAL_CODE: _("This looks like a postal code."),
    Kind.NUMBER: _("This looks like a number from a card or a record."),
    Kind.PLATE: _("This looks like a licence plate or a driver’s licence."),
    Kind.OTHER_SCRIPT: _("Only English and French letters are checked. Make sure that this does not name anyone or any place."),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One place in a text that could identify someone.

    ``start`` and ``end`` are positions in the text as typed, in Python characters (browsers count some characters as
    two), and ``text`` is ``typed[start:end]``. ``explanation`` is a lazy translation in the reader's language;
    ``suggestion`` is in the language asked for, takes the place of ``text`` as it stands, and is ``""`` when leaving
    the words out is the only advice.
    """

    start: int
    end: int
    text: str
    kind: Kind
    explanation: str
    suggestion: str
