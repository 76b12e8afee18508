"""An agency's own sign-in, against a real OpenID provider: a second way in for who is linked, and no way for anybody else."""

import base64
import json
import socket
import subprocess
import sys
import time

import pytest
import requests
from allauth.mfa.models import Authenticator
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from agencies import lifecycle
from agencies.enums import LedgerAct
from agencies.lifecycle.recovery import begin_anew
from agencies.models import AgencySignIn, LedgerEntry
from cms_table import agency_sign_in, openid
from practice import codes

BEGIN, BACK = reverse("agency_sign_in", args=["larch"]), reverse("agency_arrived", args=["larch"])
SIGN_INS, DOOR, SECOND = reverse("agencies:sign_ins"), reverse("account_login"), reverse("mfa_authenticate")
WITH_A_FACTOR = {"amr": ["pwd", "mfa"]}


@pytest.fixture(scope="module")
def issuer():
    """A provider in a process of its own; whoever it is asked for signs in there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    for _try in range(600):
        try:
            requests.get(f"{address}/.well-known/openid-configuration", timeout=2)
            break
        except requests.RequestException:
            time.sleep(0.1)
    yield address
    server.terminate()
    server.wait(timeout=10)


@pytest.fixture
def provider(issuer, settings, db):
    """The provider is one of this installation's."""
    larch = openid.Provider(id="larch", name="Larch Housing", issuer=issuer, client_id="the-table", client_secret="kept")
    settings.AGENCY_SIGN_INS = [larch]
    return larch


def there(provider, address, name, /, **claims):
    """What the browser is led back to after ``name`` signed in at the provider, which says ``claims`` of them."""
    requests.put(f"{provider.issuer}/users/{name}", json=claims, timeout=5)
    return (
        requests.post(address, data={"sub": name}, allow_redirects=False, timeout=5)
        .headers["Location"]
        .removeprefix(django_settings.SITE_ADDRESS)
    )


def came_by(provider, client, name, /, **claims):
    """The answer to a browser that went to the provider and came back as ``name``."""
    return client.get(there(provider, client.post(BEGIN).headers["Location"], name, **claims))


def is_in(client):
    return client.get("/").status_code == 200


@pytest.fixture
def linked(provider, in_the_room):
    """Who also signs in at Larch Housing, as ``p-17``."""
    lifecycle.link_agency_sign_in(in_the_room, issuer=provider.issuer, subject="p-17", by=in_the_room)
    return in_the_room


def test_whoever_is_linked_and_showed_a_second_factor_there_is_in(provider, linked):
    client = Client()

    came_by(provider, client, "p-17", **WITH_A_FACTOR)

    assert (is_in(client), client.session["_auth_user_id"]) == (True, str(linked.pk))


@pytest.mark.parametrize("claims", [{}, {"amr": ["pwd"]}, {"acr": "0"}])
def test_where_the_agency_asked_for_no_second_factor_the_table_asks_for_its_own(provider, linked, claims):
    client = Client()

    answer = came_by(provider, client, "p-17", **claims)

    assert (answer.url, is_in(client)) == (SECOND, False)
    client.post(SECOND, {"code": codes.of_member(linked)})
    assert is_in(client)


def test_a_second_factor_by_the_word_that_the_agency_uses_for_it_is_asked_for_and_believed(provider, linked, settings):
    larch = openid.Provider(**vars(provider) | {"acr": ("urn:two",), "amr": ()})
    settings.AGENCY_SIGN_INS = [larch]
    client = Client()

    asked = client.post(BEGIN).headers["Location"]
    client.get(there(larch, asked, "p-17", acr="urn:two"))

    assert ("acr_values=urn%3Atwo" in asked, is_in(client)) == (True, True)


def test_a_word_in_place_of_a_list_is_not_believed(provider, linked):
    client = Client()

    answer = came_by(provider, client, "p-17", amr="mfa")

    assert (answer.status_code, is_in(client)) == (403, False)


def test_whoever_has_no_factor_of_the_tables_own_sets_one_up_unless_the_agency_asked(provider, linked):
    Authenticator.objects.filter(user=linked).delete()
    client = Client()

    came_by(provider, client, "p-17")

    assert client.get("/").url == reverse("mfa_index")


@pytest.mark.parametrize("way", ["password", "code"])
def test_the_agencys_sign_in_is_no_proof_before_something_grave_and_ones_own_at_the_table_is(provider, linked, way):
    linked.set_password("birch lake canoe paddle")
    linked.save()
    client = Client()
    came_by(provider, client, "p-17", **WITH_A_FACTOR)
    grave = reverse("mfa_activate_totp")
    shown = {"password": "birch lake canoe paddle", "code": codes.of_member(linked)}[way]

    asked = client.get(grave)
    offered = client.get(asked.url).context
    led = client.post(reverse("account_reauthenticate"), {way: shown, "next": grave})

    assert (asked.url.partition("?")[0], offered["form"] is None, offered["code"] is None) == (
        reverse("account_reauthenticate"),
        False,
        False,
    )
    assert (led.url, client.get(grave).status_code) == (grave, 200)


def test_whoever_begins_anew_comes_in_by_the_invitation_before_the_agency_opens_again(provider, linked, coordinator):
    begin_anew(linked, by=coordinator)

    refused = came_by(provider, Client(), "p-17", **WITH_A_FACTOR).status_code
    lifecycle.accept_invitation(linked, password="birch lake canoe paddle", full_name="In The Room", language="en-ca")
    client = Client()
    came_by(provider, client, "p-17", **WITH_A_FACTOR)

    assert (refused, is_in(client)) == (403, True)


def test_the_same_e_mail_address_opens_nothing(provider, in_the_room):
    client = Client()

    answer = came_by(provider, client, "p-99", email=in_the_room.email, email_verified=True, **WITH_A_FACTOR)

    assert (answer.status_code, is_in(client), AgencySignIn.objects.count()) == (403, False, 0)


def test_the_same_name_from_another_issuer_opens_nothing(provider, in_the_room):
    lifecycle.link_agency_sign_in(in_the_room, issuer="https://login.other.example", subject="p-17", by=in_the_room)
    client = Client()

    answer = came_by(provider, client, "p-17", **WITH_A_FACTOR)

    assert (answer.status_code, is_in(client)) == (403, False)


def test_whoever_is_signed_in_links_the_two(provider, client_of, in_the_room):
    client = client_of(in_the_room)

    answer = came_by(provider, client, "p-17")

    assert answer.url == SIGN_INS
    assert list(AgencySignIn.objects.values_list("member", "issuer", "subject")) == [(in_the_room.pk, provider.issuer, "p-17")]
    assert LedgerEntry.objects.filter(act=LedgerAct.SIGN_IN_LINKED, by_id=in_the_room.pk).count() == 1


def test_to_link_one_shows_first_who_one_is(provider, client_of, in_the_room):
    client = client_of(in_the_room)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 301}]
    session.save()

    assert client.post(BEGIN).status_code == 403


def test_nobody_links_what_belongs_to_another(provider, linked, client_of, stranger):
    answer = came_by(provider, client_of(stranger), "p-17")

    assert (answer.status_code, AgencySignIn.objects.get().member) == (409, linked)


def test_a_link_is_not_finished_by_whoever_sits_down_meanwhile(provider, client_of, in_the_room, stranger):
    client = client_of(in_the_room)
    back = there(provider, client.post(BEGIN).headers["Location"], "p-17")
    begun = {name: value for name, value in client.session.items() if name.startswith(("_state_", "agency_sign_in"))}
    other = client_of(stranger)
    session = other.session
    session.update(begun)
    session.save()

    assert (other.get(back).status_code, AgencySignIn.objects.count()) == (403, 0)


def test_whoever_unlinks_the_two_is_not_let_in_any_more(provider, linked, client_of):
    client_of(linked).post(reverse("agencies:unlink_agency", args=["larch"]))

    assert came_by(provider, Client(), "p-17", **WITH_A_FACTOR).status_code == 403


def test_the_end_of_a_membership_ends_the_link_too(provider, linked, coordinator):
    lifecycle.end_membership(linked, by=coordinator)

    answer = came_by(provider, Client(), "p-17", **WITH_A_FACTOR)

    assert (answer.status_code, AgencySignIn.objects.count()) == (403, 0)


def test_what_came_back_counts_once_and_for_the_browser_that_asked(provider, linked):
    client = Client()
    back = there(provider, client.post(BEGIN).headers["Location"], "p-17", **WITH_A_FACTOR)

    elsewhere, first = Client().get(back), client.get(back)
    again = client.get(back)

    assert (elsewhere.status_code, first.status_code, again.status_code) == (403, 302, 403)


def test_an_answer_to_another_question_is_not_believed(provider, linked):
    client = Client()
    back = there(provider, client.post(BEGIN).headers["Location"], "p-17", **WITH_A_FACTOR)
    session = client.session
    state = next(name for name, _kept in session.items() if name.startswith("_state_"))
    session[state]["data"]["nonce"] = "of another question"
    session.save()

    assert (client.get(back).status_code, is_in(client)) == (403, False)


def handed_over(provider, monkeypatch, change):
    """The answer to a browser whose ID token was changed between the provider and the table."""
    client = Client()
    back = there(provider, client.post(BEGIN).headers["Location"], "p-17", **WITH_A_FACTOR)
    fetched = OAuth2Session.fetch_token

    def changed(self, *args, **options):
        token = fetched(self, *args, **options)
        return token | {"id_token": change(token["id_token"])}

    monkeypatch.setattr(OAuth2Session, "fetch_token", changed)
    return client.get(back).status_code, is_in(client)


def test_a_name_that_was_not_signed_by_the_provider_is_not_believed(provider, linked, monkeypatch):
    def forged(id_token):
        head, said, _signature = id_token.split(".")
        return f"{head}.{said}.{'A' * 342}"

    assert handed_over(provider, monkeypatch, forged) == (403, False)


def test_a_name_that_was_changed_after_it_was_signed_is_not_believed(provider, linked, monkeypatch):
    def renamed(id_token):
        head, said, signature = id_token.split(".")
        claims = json.loads(base64.urlsafe_b64decode(said + "=="))
        other = base64.urlsafe_b64encode(json.dumps(claims | {"sub": "p-18"}).encode()).decode().rstrip("=")
        return f"{head}.{other}.{signature}"

    assert handed_over(provider, monkeypatch, renamed) == (403, False)


def test_what_was_said_to_another_installation_is_not_believed(provider, linked, monkeypatch):
    client = Client()
    back = there(provider, client.post(BEGIN).headers["Location"], "p-17", **WITH_A_FACTOR)
    other = openid.Provider(**vars(provider) | {"client_id": "another-table"})
    whose = agency_sign_in._client_of(provider)
    monkeypatch.setattr(agency_sign_in, "_provider", lambda id: other)
    monkeypatch.setattr(agency_sign_in, "_client_of", lambda asked: whose)

    assert (client.get(back).status_code, is_in(client)) == (403, False)


def test_an_old_sign_in_at_the_agency_is_not_enough(provider, linked):
    client = Client()

    answer = came_by(provider, client, "p-17", auth_time=int(time.time()) - 11 * 3600, **WITH_A_FACTOR)

    assert (answer.status_code, is_in(client)) == (403, False)


def test_an_issuer_that_calls_itself_otherwise_is_not_believed(provider, settings):
    settings.AGENCY_SIGN_INS = [openid.Provider(**vars(provider) | {"issuer": f"{provider.issuer}/"})]

    assert Client().post(BEGIN).status_code == 403


def test_where_nobody_answers_a_page_says_so(provider, settings):
    settings.AGENCY_SIGN_INS = [openid.Provider(**vars(provider) | {"issuer": "http://localhost:9"})]

    answer = Client().post(BEGIN)

    assert (answer.status_code, "Nothing was changed." in answer.content.decode()) == (403, True)


def test_whoever_declines_there_is_told_that_nothing_changed(provider):
    client = Client()
    denied = requests.post(client.post(BEGIN).headers["Location"], data={"action": "deny"}, allow_redirects=False, timeout=5)

    assert client.get(denied.headers["Location"].removeprefix(django_settings.SITE_ADDRESS)).status_code == 403


def test_nothing_of_what_the_agency_says_is_kept(provider, linked):
    client = Client()

    came_by(provider, client, "p-17", email="zq-at-home@larch.example", name="zq-name", **WITH_A_FACTOR)

    kept = str(dict(client.session)) + str(list(AgencySignIn.objects.values()))
    assert ("zq-" in kept, "access_token" in kept, "id_token" in kept) == (False, False, False)


def test_a_link_alone_starts_nothing(provider):
    assert (Client().get(BEGIN).status_code, Client().get(BACK).status_code) == (405, 403)


def test_it_is_off_while_nothing_is_set(client, db):
    assert ([client.post(BEGIN).status_code, client.get(BACK).status_code], "Sign in at" in client.get(DOOR).content.decode()) == (
        [404, 404],
        False,
    )


def test_the_door_and_the_profile_offer_what_is_set(provider, client_of, in_the_room):
    assert "Sign in at Larch Housing" in Client().get(DOOR).content.decode()
    assert f'action="{BEGIN}"' in client_of(in_the_room).get(SIGN_INS).content.decode()


# What an administrator sets

GOOD = '{"id": "larch", "name": "Larch Housing", "issuer": "https://login.larch.example/", "client_id": "a", "client_secret": "zq-secret"}'


def test_what_is_set_is_read():
    (larch,) = openid.read(f"[{GOOD}]", is_production=True)

    assert (larch.issuer, larch.amr, larch.origins) == ("https://login.larch.example/", ("mfa",), ["https://login.larch.example"])


@pytest.mark.parametrize(
    "text",
    [
        "zq-secret",
        '{"id": "zq-secret"}',
        '["zq-secret"]',
        f"[{GOOD}, {GOOD}]",
        f"[{GOOD.replace('larch', 'Larch!', 1)}]",
        f"[{GOOD.replace('https', 'http')}]",
        f"[{GOOD.replace('client_id', 'zq-secret')}]",
    ],
)
def test_what_cannot_be_read_is_refused_and_not_repeated(text):
    with pytest.raises(openid.Malformed) as refused:
        openid.read(text, is_production=True)

    assert "zq-secret" not in str(refused.value)
