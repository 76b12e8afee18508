"""The frame of every page: names, who acts as what, the ways through the house, the other language."""

from types import SimpleNamespace

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from agencies import clock
from agencies import policies as of_agencies
from agencies.days import date_format
from agencies.enums import Role
from agencies.folding import folded
from agencies.names import own_name
from cms_table.helping import help_for
from meetings import policies as of_meetings
from meetings.live import REFRESH
from practice import progress
from reports import policies as of_reports
from responses import policies as of_responses
from situations import policies as of_situations

PRODUCT = [{"text": "The Table", "lang": "en-CA"}, {"text": "La Table", "lang": "fr-CA"}]
OTHER_LANGUAGE = {
    "en-ca": {"code": "fr-ca", "label": "Français", "lang": "fr-CA"},
    "fr-ca": {"code": "en-ca", "label": "English", "lang": "en-CA"},
}
# The role that the screen names when a person holds several; each area of the house names its own first.
BY_WEIGHT = [Role.CHAIR, Role.COORDINATOR, Role.RECORDER, Role.REPRESENTATIVE, Role.ALTERNATE, Role.AGENCY_LEAD, Role.OBSERVER]
BY_WEIGHT += [Role.STEERING, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR]


# Pages whose address does not begin like that of the room from which one comes to them; the first that fits counts.
INSIDE = [
    ("/responses/overdue/", "start"),
    ("/meetings/activity/", "start"),
    ("/situations/not-brought/", "start"),
    ("/responses/issues/", "responses:issues"),
    ("/responses/", "situations:list"),
    *((f"/table/{page}/", "agencies:settings") for page in ("people", "agencies", "agreements", "vocabularies", "import", "roles")),
    ("/prove-my-settings/", "agencies:settings"),
]


def frame(request):
    """``frame``: what base.html draws around a page; it never holds anything of a situation."""
    language = translation.get_language()
    table = getattr(request, "table", None)
    member = getattr(request, "user", None)
    is_signed_in = bool(member and member.is_authenticated)
    if is_signed_in and REFRESH in request.headers:  # what was done is said on the page that the reader asked for, not here
        return {"frame": SimpleNamespace(is_live=True, signed_in=True, names=table.names, practice=settings.PRACTICE), "messages": []}
    return {
        "frame": SimpleNamespace(
            is_live=False,
            practice=settings.PRACTICE,
            names=table.names if table else _product_names(language),
            tables=_tables(member, table) if is_signed_in else [],
            acting=_acting(member, table) if is_signed_in and table else None,
            navigation=_navigation(request, member, table) if is_signed_in and table else [],
            languages=[OTHER_LANGUAGE.get(language, OTHER_LANGUAGE["en-ca"])],
            help=help_for(getattr(getattr(request, "resolver_match", None), "view_name", "")),
            path=getattr(request, "read_at", None) or request.get_full_path(),  # of a form's errors, the page that holds the form
            signed_in=is_signed_in,
            keeps=bool(is_signed_in and table and of_agencies.keeps(member, table)),
            agency_sign_ins=settings.AGENCY_SIGN_INS,
            idle_seconds=_idle_seconds(request) if is_signed_in else settings.IDLE_SECONDS,
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
    return {"agency": own_name(member.agency) or str(member), "role": leading.label}


def _tables(member, here) -> list:
    """The member's tables where there are several: which one this page is at, and whether the roles there count."""
    counted = member.standing.tables
    held = sorted({each.table for each in member.standing.held}, key=lambda table: folded(str(table)))
    rows = [{"pk": table.pk, "name": str(table), "is_here": table == here, "counts": table in counted} for table in held]
    return rows if len(rows) > 1 else []


def _navigation(request, member, table):
    """The rooms that are open to the member, asked of the policy that bars each room's door."""
    on_the_ground = of_agencies.permitted(member, table)
    places = [
        (True, _("Start"), "start"),
        (of_situations.permitted_at(member, table), _("Situations"), "situations:list"),
        (of_meetings.Act.READ_CALENDAR in of_meetings.permitted_at(member, table), _("Meetings"), "meetings:list"),
        (of_responses.Act.READ_ISSUES in of_responses.permitted_at(member.standing, table.pk), _("Systemic issues"), "responses:issues"),
        (of_reports.Act.READ in of_reports.permitted(member, table.pk), _("Releases"), "reports:list"),
        (of_agencies.Act.READ_RECORD in on_the_ground, _("The record"), "agencies:ledger"),
        (of_agencies.Act.READ_DIRECTORY in on_the_ground, _("Directory"), "agencies:directory"),
        (of_agencies.Act.OPEN_SETTINGS in on_the_ground, _("Settings"), "agencies:settings"),
    ]
    links = [{"label": label, "url": reverse(name)} for is_open, label, name in places if is_open]
    here = next((reverse(room) for begins, room in INSIDE if request.path.startswith(begins)), request.path)
    longest = max((link["url"] for link in links if here.startswith(link["url"])), key=len, default="")
    return [link | {"current": link["url"] == longest and (longest != "/" or here == "/")} for link in links]


def _idle_seconds(request) -> int:
    """After how long this sign-in ends unused; where the database does not answer, no session says so."""
    return getattr(request, "session", {}).get("idle", settings.IDLE_SECONDS)


def _moved_clock(table):
    if not settings.PRACTICE or abs(clock.offset_seconds()) < 60:
        return None
    moment = localtime(clock.now(), table.zone if table else None)
    return _("Here it is %(moment)s.") % {"moment": date_format(moment, "DATETIME_FORMAT")}
