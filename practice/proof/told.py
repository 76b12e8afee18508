"""What a proof found, in the words of its page: by stage a grid of data and people, and what is not as decided first."""

import re
from datetime import datetime
from types import SimpleNamespace

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.enums import Role
from agencies.models import SituationTable
from practice.proof import cast, run
from situations.enums import Stage
from situations.plainly import GIVES, SEATED, WHO
from situations.withheld import WORDS

OF_ITS_OWN = {
    "discussed_before": gettext_lazy("Discussed before: the earlier number, which only its writers read"),
    run.ROW: gettext_lazy("Asked of the database: is the situation there?"),
    run.KINDS: gettext_lazy("Asked of the database: sealed words"),
}
PARTS = {
    "originator": gettext_lazy("Representative of the agency that brought it, in the room"),
    "originator_at_desk": gettext_lazy("Representative of the agency that brought it, at a desk"),
    "in_the_room": gettext_lazy("Representative of another agency, in the room"),
    "lead": gettext_lazy("Representative of the agency that will lead, in the room"),
    "lead_at_desk": gettext_lazy("Representative of the agency that will lead, at a desk"),
    "recused": gettext_lazy("Representative who stepped out"),
    "stranger": gettext_lazy("Representative of an agency that stayed away"),
    "agency_lead": gettext_lazy("Agency lead of another agency, at a desk"),
    cast.NOBODY: gettext_lazy("Nobody signed in"),
}
FOUND = {"all": gettext_lazy("found"), "some": gettext_lazy("own part found"), "none": gettext_lazy("not found")}
WRONG = {
    "found": gettext_lazy("Found, and the matrix does not give it"),
    "not_found": gettext_lazy("Not found at any address, and the matrix gives it"),
    "broken": gettext_lazy("A page broke, so nobody can say what it would have shown"),
}


def datum(name: str) -> str:
    """The plain name of what was looked for; '' for none."""
    return str(OF_ITS_OWN.get(name) or (WORDS[name][0] if name in WORDS else ""))


def person(who: dict) -> str:
    """One of those asked: the part they played; of others the roles that they hold together."""
    return str(PARTS.get(who["part"]) or ", ".join(str(Role(role).label) for role in who["roles"]))


def summary(report: dict) -> SimpleNamespace:
    """The proof as a whole: when, how long, on what it stood, each stage in a line, and what is not as decided."""
    people = {who["part"]: person(who) for stage in report["stages"] for who in stage["who"]}
    return SimpleNamespace(
        began=datetime.fromisoformat(report["began"]),
        minutes=_lasted(report["seconds"]),
        is_as_decided=report["is_as_decided"],
        settings=[(_field(name), _value(name, value)) for name, value in report["settings"].items() if value],
        combinations=[", ".join(str(Role(role).label) for role in roles) for roles in report["combinations"]],
        stages=[SimpleNamespace(name=each["stage"], title=Stage(each["stage"]).label, wrong=each["wrong"]) for each in report["stages"]],
        wrong=[_wrong(each, people) for each in report["wrong"]],
    )


def _lasted(seconds: int) -> str:
    minutes = max(round(seconds / 60), 1)
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _field(name: str) -> str:
    return capfirst(str(SituationTable._meta.get_field(name).verbose_name))


def _value(name: str, value: str) -> str:
    """A setting as the page of settings says it: a choice by its label, days by their names."""
    if name == "weekdays":
        return ", ".join(str(WEEKDAYS[int(day)]) for day in re.findall(r"\d", value))
    choices = dict(SituationTable._meta.get_field(name).choices or [])
    return str(choices.get(value, value))


def _wrong(each: dict, people: dict[str, str]) -> SimpleNamespace:
    return SimpleNamespace(
        stage=Stage(each["stage"]).label,
        who=people[each["who"]],
        datum=datum(each["datum"]),
        what=WRONG[each["what"]],
        addresses=each["addresses"],
    )


def stage(report: dict, name: str) -> SimpleNamespace | None:
    """One stage's grid, listed by who asked, whoever found what is not as decided first; None for a stage that was not played."""
    played = next((each for each in report["stages"] if each["stage"] == name), None)
    if played is None:
        return None
    asked = [_found_by(who, place, played["rows"]) for place, who in enumerate(played["who"])]
    return SimpleNamespace(
        title=Stage(name).label,
        asked=sorted(asked, key=lambda each: not each.wrong),
        wrong=played["wrong"],
        relations=[(relation, words) for relation, words in WHO.items() if relation != SEATED],
        letters=[*GIVES.items(), ("-", _("May not know of it"))],
    )


def _found_by(who: dict, place: int, rows: dict[str, list]) -> SimpleNamespace:
    """A column of the grid: who asked, in which relations, and for each datum a cell."""
    cells = [_cell(name, *row[place]) for name, row in rows.items()]
    wrong = sum(not cell.is_right for cell in cells)
    return SimpleNamespace(title=person(who), relations=" + ".join(who["relations"]), cells=cells, wrong=wrong)


def _cell(name: str, letter: str, given: str, found: str, is_right: bool) -> SimpleNamespace:
    words = _("as decided") if is_right else _("not as decided")
    return SimpleNamespace(datum=datum(name), letter=letter, given=FOUND[given], found=FOUND[found], words=words, is_right=is_right)
