"""Opens every address of the house as one member, and says which canaries were found where."""

import re
import time
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client  # it goes through all that a request goes through, without a line to a server
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agencies import lifecycle
from agencies.models import Entry, Outbox
from practice.proof import canaries, cast

CANARY = re.compile(r"zq-[a-z0-9_]+(?:-(?:lead|in_the_room)-)?|" + canaries.PREFIX + "-|" + canaries.EARLIER)
# Addresses that need nothing of a situation, by name; those with arguments say below what they ask for.
LEFT_OUT = {"account_logout"}  # it would end the crawl


def addresses(resolver=None, namespace="", above=()):
    """The full names of all addresses, with the names of their arguments."""
    for pattern in (resolver or get_resolver()).url_patterns:
        wanted = {*above, *pattern.pattern.regex.groupindex}
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, ":".join(part for part in (namespace, pattern.namespace) if part), wanted)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join(part for part in (namespace, pattern.name) if part), sorted(wanted)


SITUATION = {"situation", "meetings:emergency", "meetings:step_out", "meetings:withdraw"}
SITUATION |= {"meetings:write_identifiers", "meetings:reveal", "meetings:still_revealed", "meetings:write_plan"}
ACTS_ON_AN_ITEM = """
    item_open position involvement answers accept reject defer respond end_early report keep_open conclude recuse
"""
ITEM = {f"meetings:{name}" for name in ACTS_ON_AN_ITEM.split()}


def arguments(name, wanted, town):  # noqa: PLR0911  one line for each kind of address
    """The argument lists with which an address is opened; None where nobody has said what it asks for."""
    if not wanted:
        return [[]]
    if name in SITUATION or (name.startswith("situations:") and wanted == ["pk"]):
        return [[town.situation.pk]]
    if name == "situations:intake":
        return [[town.situation.pk, step] for step in range(1, 8)]
    if name in ITEM:
        return [[town.item.pk]] if town.item else []
    if name in ("agency_sign_in", "agency_arrived"):
        return [["no-such-agency"]]
    if name == "guide":
        return [["chair"]]
    if name == "meetings:remove_exception":
        return []
    if name.startswith("meetings:") and wanted == ["pk"]:
        return [[meeting.pk] for meeting in (town.meeting, town.closed_meeting) if meeting]
    if name.startswith("responses:"):
        return _of_the_response(name, town)
    if name in ("open_notice", "set_aside"):
        return [[mail.pk] for mail in Outbox.objects.order_by("-created_at")[:5]]
    if name == "calendar_feed":
        return [[lifecycle.make_calendar_key(cast.the("in_the_room"), by=cast.BY)], ["no-such-key"]]
    if name.startswith(("agencies:", "account_", "mfa_", "reports:", "practice")):
        return _on_the_ground(name, town)
    return None


def _of_the_response(name, town):
    if name == "responses:change_issue":
        return [[town.issue.pk]]
    if town.response is None:
        return []
    if name == "responses:settle_step":
        return [[step.pk] for step in town.response.steps.all()]
    if name == "responses:follow_up":
        return [[follow_up.pk] for follow_up in town.response.follow_ups.all()]
    if name == "responses:answer_asked":
        return [[engagement.pk] for engagement in town.response.engagements.filter(agency=cast.the("stranger").agency)]
    return [[town.response.pk]]


def _on_the_ground(name, town):
    member = cast.the("in_the_room")
    return {
        "agencies:agency": [[member.agency_id]],
        "agencies:member": [[member.pk]],
        "agencies:ask_recovery": [[member.pk]],
        "agencies:entry": [[Entry.objects.get(pk="risk_factor:HOU-01").pk]],
        "agencies:vocabulary": [["sector"]],
        "agencies:end_sign_in": [[member.pk]],
        "practice_proof_stage": [["draft"]],
        "agencies:unlink_agency": [["no-such-agency"]],
    }.get(name, [])


# The ground floor cannot know of a situation (test_house holds that), sign-in neither; one variant opens them all the same.
BELOW_THE_SITUATIONS = ("agencies:", "account_", "mfa_", "reports:", "components", "help", "guide", "privacy", "accessibility", "up")
SPEAKS_OF_SITUATIONS = {"agencies:ledger"}


BROKEN = "a page that breaks"
OF_NO_OTHER = "192.0.2.1"  # an address that nobody has (RFC 5737): what the crawl asks counts against no one's limits


def a_browser() -> Client:
    """A browser in which nobody is signed in, at this table's own address; a page that breaks is an answer like any other."""
    return Client(raise_request_exception=False, HTTP_HOST=urlsplit(settings.SITE_ADDRESS).netloc, REMOTE_ADDR=OF_NO_OTHER)


def signed_in(client, member, *, table, language="en-ca", **kept) -> Client:
    """The browser, in which a member is now signed in, at a table; ``kept`` is what its session holds besides."""
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    session, now = client.session, time.time()
    session["table"] = str(table.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": now}]  # the code was typed just now
    session["account_authentication_methods_user"] = str(member.pk)
    session["began"] = session["renewed"] = now  # a moment ago, so that no page of the crawl renews it
    session.update(kept)
    session.save()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def visit(client, town, *, is_whole=True, only_posted: set[str] | None = None) -> dict[str, set[str]]:
    """Each address and the canaries on it, for those that held any; a page that breaks counts as one.

    ``only_posted`` are names of addresses that nobody can open, since they only take a form; the visit adds those that it meets, so that
    the next one need not knock there again.
    """
    found: dict[str, set[str]] = {}
    only_posted = set() if only_posted is None else only_posted
    for name, wanted in sorted({(name, tuple(wanted)) for name, wanted in addresses()}):
        if name in LEFT_OUT or (not is_whole and name.startswith(BELOW_THE_SITUATIONS) and name not in SPEAKS_OF_SITUATIONS):
            continue
        for args in arguments(name, list(wanted), town) or []:
            if name in only_posted:
                break
            response = client.get(reverse(name, args=args))
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                only_posted.add(name)
            hits = canaries_in(response) | ({BROKEN} if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR else set())
            if hits:
                found[f"{name} {response.status_code}"] = found.get(f"{name} {response.status_code}", set()) | hits
    return found


def canaries_in(response) -> set[str]:
    """The canaries in an answer: on its page, in its headers, in its cookies."""
    said = response.content.decode(errors="replace") if not response.streaming else "".join(part.decode() for part in response)
    return set(CANARY.findall(said + str(response.headers) + str(response.cookies)))
