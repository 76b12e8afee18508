"""The frame of every page: names, who acts as what, the ways through the house, the other language."""

from types import SimpleNamespace

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from agencies import clock
from agencies.enums import AGENCY_ROLES, Role
from practice import progress

PRODUCT = [{"text": "The Table", "lang": "en-CA"}, {"text": "La Table", "lang": "fr-CA"}]
OTHER_LANGUAGE = {
    "en-ca": {"code": "fr-ca", "label": "Français", "lang": "fr-CA"},
    "fr-ca": {"code": "en-ca", "label": "English", "lang": "en-CA"},
}
# The role that the screen names when a person holds several; each area of the house names its own first.
BY_WEIGHT = [Role.CHAIR, Role.COORDINATOR, Role.RECORDER, Role.REPRESENTATIVE, Role.ALTERNATE, Role.AGENCY_LEAD, Role.OBSERVER]
BY_WEIGHT += [Role.STEERING, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR]


def frame(request):
    """``frame``: what base.html draws around a page; it never holds anything of a situation."""
    language = translation.get_language()
    table = getattr(request, "table", None)
    member = getattr(request, "user", None)
    is_signed_in = bool(member and member.is_authenticated)
    return {
        "frame": SimpleNamespace(
            practice=settings.PRACTICE,
            names=table.names if table else _product_names(language),
            acting=_acting(member, table) if is_signed_in and table else None,
            navigation=_navigation(request, member, table) if is_signed_in and table else [],
            languages=[OTHER_LANGUAGE.get(language, OTHER_LANGUAGE["en-ca"])],
            path=request.get_full_path(),
            signed_in=is_signed_in,
            clock=_moved_clock(table),
            progress=progress.current() if settings.PRACTICE else None,
        )
    }


def _product_names(language):
    return PRODUCT[::-1] if language == "fr-ca" else PRODUCT


def _acting(member, table):
    roles = member.standing.roles_at(table.pk)
    leading = next((role for role in BY_WEIGHT if role in roles), None)
    if leading is None:
        return None
    return {"agency": str(member.agency or member), "role": leading.label}


def _navigation(request, member, table):
    roles = member.standing.roles_at(table.pk)
    places = [(_("Start"), "start")]
    if roles & {*AGENCY_ROLES, Role.CHAIR, Role.RECORDER, Role.COORDINATOR}:
        places.append((_("Situations"), "situations:list"))
    if roles - {Role.STEERING, Role.ADMINISTRATOR}:
        places.append((_("Meetings"), "meetings:list"))
    if roles & {*AGENCY_ROLES, Role.CHAIR, Role.COORDINATOR, Role.STEERING}:
        places.append((_("Systemic issues"), "responses:issues"))
    if roles & {Role.STEERING, Role.COORDINATOR, Role.PRIVACY_OFFICER}:
        places.append((_("Releases"), "reports:list"))
    if roles & {Role.COORDINATOR, Role.PRIVACY_OFFICER}:
        places.append((_("The record"), "agencies:ledger"))
    if roles - {Role.OBSERVER}:
        places.append((_("Directory"), "agencies:directory"))
    if roles & {Role.COORDINATOR, Role.ADMINISTRATOR}:
        places.append((_("Settings"), "agencies:settings"))
    links = [{"label": label, "url": reverse(name)} for label, name in places]
    longest = max((link["url"] for link in links if request.path.startswith(link["url"])), key=len, default="")
    return [link | {"current": link["url"] == longest and (longest != "/" or request.path == "/")} for link in links]


def _moved_clock(table):
    if not settings.PRACTICE or abs(clock.offset_seconds()) < 60:
        return None
    moment = localtime(clock.now(), table.zone if table else None)
    return _("Here it is %(moment)s.") % {"moment": date_format(moment, "DATETIME_FORMAT")}
