"""Nothing is said past the catalogues: every address is opened in a language that nobody speaks, and read for plain letters."""

import re
import uuid
import zoneinfo

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, trans_real

from agencies import clock
from agencies.enums import Notice
from agencies.models import Agency, Agreement, Entry, Member, Outbox, SituationTable
from cms_table.mail import compose, send_waiting
from meetings.rhythm import HOLIDAYS
from practice.proof.crawl import BELOW_THE_SITUATIONS, LEFT_OUT, addresses, arguments
from tests import canaries, cast
from tests.forms_of_a_page import forms_of
from tests.pseudo_locale import Catalogue, Known, pseudo, said_in

pytestmark = pytest.mark.django_db

# What may stand in plain letters on every page, each with the reason.
SAID_AS_IT_IS = {
    "Français",  # each language is named in itself
    "English",
    "The Table",  # the product’s own names
    "La Table",
}
NEVER_READ = {
    "components",
    "up",
    "live",
    "the_wall_live",
}  # the gallery of parts, for who builds the house; the launcher’s question, and a script’s
SEATS = {
    "draft": ["originator"],
    "submitted": ["originator", "observer"],
    "presented": ["in_the_room", "chair"],
    "identifying": ["chair", "recorder"],
    "responding": ["lead", "chair", "coordinator"],
    "concluded": ["agency_lead", "steering", "privacy_officer", "administrator"],
}
WHOLE = {"coordinator"}  # who also opens every page of the ground floor


@pytest.fixture
def spoken_by_nobody(monkeypatch):
    """Whatever is asked in French is answered in letters that no language has."""
    monkeypatch.setitem(trans_real._translations, "fr-ca", Catalogue("fr-ca"))


def known():
    """What people and vocabularies said: data, written twice where both languages have it."""
    words = {
        text for entry in Entry.objects.all() for text in (entry.label_fr, entry.help_fr, entry.group_fr, entry.synonyms_fr, entry.code)
    }
    words |= {one.strip() for text in words for one in re.split(";| – ", text)}
    words |= set(Agency.objects.values_list("name", flat=True))
    words |= {name for table in SituationTable.objects.all() for name in (table.name_en, table.name_fr, table.name_oj, table.place)}
    words |= set(Member.objects.values_list("full_name", flat=True))
    words |= {text for agreement in Agreement.objects.all() for text in (agreement.text_fr,)}
    zones = {zone.replace("_", " ") for zone in zoneinfo.available_timezones()}
    words |= zones | {zone.split("/")[-1] for zone in zones}
    words |= {french for french, _option in HOLIDAYS.values()}
    return Known(words | set(canaries.WORDS.values()) | SAID_AS_IT_IS)


CODES = re.compile(r"[a-z0-9_ ]+|[A-Z]{2}")  # what a sheet of looks holds: acts, stages, relations and data, as the matrix calls them


def bare(response, data) -> set[tuple[str, str]]:
    said = {(each.where, each.text[:120]) for each in said_in(response) if not data.says(each.text)}
    return {(where, text) for where, text in said if where != "csv" or not CODES.fullmatch(text)}


def pages(town, *, is_whole=True):
    for name, wanted in sorted({(name, tuple(wanted)) for name, wanted in addresses()}):
        if name not in LEFT_OUT | NEVER_READ and (is_whole or not name.startswith(BELOW_THE_SITUATIONS)):
            for args in arguments(name, list(wanted), town) or []:
                yield name, reverse(name, args=args)


def answers(client, town, posted, *, is_whole):
    """Every address, and every form on it posted empty, as nonsense and willingly; nothing of that stays."""
    for name, path in pages(town, is_whole=is_whole):
        response = client.get(path)
        yield name, response
        if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
            continue
        for form in forms_of(response.content.decode(), path):
            for how, typed in form.ways():
                if (form.name, how) in posted or form.name in LEFT_OUT | {"language", "agencies:sit_at"}:
                    continue
                posted.add((form.name, how))
                with transaction.atomic():
                    yield f"{form.name}, {how}", client.post(form.action, typed | {"form_token": str(uuid.uuid4())}, follow=True)
                    transaction.set_rollback(True)


@pytest.mark.parametrize("stage", SEATS)
def test_nothing_is_said_past_the_catalogues(client_of, spoken_by_nobody, stage):
    town = canaries.town_at(stage, is_room_open=stage not in ("draft", "submitted"))
    Member.objects.update(language="fr-ca")  # what is sent or fetched without a page is in the language of the profile
    data = known()

    found, posted = {}, set()
    for part in SEATS[stage]:
        for name, response in answers(client_of(cast.the(part), language="fr-ca"), town, posted, is_whole=part in WHOLE):
            for where in bare(response, data):
                found.setdefault(where, (name, response.status_code))

    assert found == {}


def mails_to(member, table):
    """One message for each cause, a reminder of it, and all of them in one."""
    told = [
        Outbox(table=table, notice=notice, recipient=member, reminded_by=by, address="/", subject_id=table.pk, moment=clock.now())
        for notice in Notice
        for by in (None, member)
    ]
    return [compose([mail]) for mail in told] + [compose(told)]


def test_no_mail_is_written_past_the_catalogues(spoken_by_nobody, table, lead, client, monkeypatch):
    lead.language = "fr-ca"
    lead.save()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr-ca"
    client.post(reverse("account_reset_password"), {"email": lead.email})
    send_waiting()

    data = known()
    letters = [*mails_to(lead, table), *mail.outbox]
    lines = {line for letter in letters for line in (letter.subject, *letter.body.splitlines())}
    assert {line for line in lines if not data.says(line)} == set()
    assert len(letters) > 2 * len(Notice) + 1


REFUSED = {
    400: ("/situations/", {"HTTP_HOST": "nowhere.example"}),
    403: ("/table/people/invite/", {}),
    404: ("/nothing/", {}),
    405: ("/language/", {}),
}


@pytest.mark.parametrize("status", REFUSED)
def test_no_page_for_bad_news_is_written_past_the_catalogues(spoken_by_nobody, client_of, recorder, status):
    path, extra = REFUSED[status]

    response = client_of(recorder, language="fr-ca").get(path, **extra)

    assert (response.status_code, bare(response, known())) == (status, set())


def test_a_stale_form_and_a_stale_page_speak_from_the_catalogues(spoken_by_nobody, client_of, coordinator, table):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client_of(coordinator, language="fr-ca").cookies
    too_old = {"full_name": "zz", "version": 0}

    stale_form = strict.post(reverse("agencies:invite"), {})
    stale_page = client_of(coordinator, language="fr-ca").post(reverse("agencies:agency", args=[cast.the("lead").agency_id]), too_old)

    assert stale_form.status_code == 403
    assert bare(stale_form, known()) | bare(stale_page, known()) == set()


def in_both(status, language) -> list[list[str]]:
    """What the page says in the language of its reader, and, in a section of its own, in the other."""
    with translation.override(language):
        page = render_to_string(f"{status}.html").split("<main")[1]
    return [re.findall(r"<(?:h1|h2|p)>(.*?)</", part) for part in page.split("<section")]


@pytest.mark.parametrize("status", [500, 503])
def test_the_pages_that_need_no_catalogue_say_the_same_in_both_languages(status):
    """What broke may be the catalogue: these two are written twice."""
    english, french = in_both(status, "en-ca")

    assert in_both(status, "fr-ca") == [french, english]
    assert "Aller à la page d’accueil" in str(french)


def test_the_sweep_notices_what_is_said_past_the_catalogues(spoken_by_nobody):
    with translation.override("fr-ca"):
        page = HttpResponse(
            f"<p>{gettext('Situations')} <b>Saved</b></p><img alt='A bird'><input type=submit value=Go><i aria-label='Fermer'>x</i>"
            f"<p data-said='Saved at {{time}}' data-key='risk_factor:1' title='{gettext('Saved.')}'>2026-031, 14 h 05</p>"
        )

    assert {said.text for said in said_in(page) if not Known(["Saved search"]).says(said.text)} == {
        "Saved",
        "A bird",
        "Go",
        "Fermer",
        "Saved at {time}",
    }


def test_what_nobody_speaks_is_a_third_longer_and_keeps_what_is_put_in():
    kept = "%(name)s <b>{n}</b> %(count)d"
    sentence = "A sentence that is long enough to be made longer by a third."

    assert [part for part in kept.split() if part not in pseudo(f"{sentence} {kept}")] == []
    assert 1.3 < len(pseudo(sentence)) / len(sentence) < 1.4
