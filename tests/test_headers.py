"""Every answer, whatever its status and whoever asked, tells the browser to keep nothing, to ask nobody else and to let nobody in."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from practice.proof.crawl import addresses, arguments
from tests import canaries, cast

pytestmark = pytest.mark.django_db

PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types table"
)
NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
SAID = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NEVER_SAID = ["Access-Control-Allow-Origin", "Server", "X-Powered-By", "ETag", "Last-Modified"]
# Of what is not a page: who may read it in the browser.
INLINE = {"up": "text/plain", "live": "text/plain", "calendar_feed": "text/html; charset=utf-8"}


def directives(policy):
    return sorted(part.strip() for part in policy.split(";"))


def faults(response):
    """What is missing or wrong on one answer; nothing, as it should be."""
    kind, headers = response.headers.get("Content-Type", "text/html"), response.headers
    wrong = {name: headers.get(name) for name, said in SAID.items() if headers.get(name) != said}
    wrong |= {name: headers[name] for name in NEVER_SAID if name in headers}
    if directives(headers.get("Content-Security-Policy", "")) != directives(PAGE if kind.startswith("text/html") else NO_PAGE):
        wrong["Content-Security-Policy"] = headers.get("Content-Security-Policy")
    if "no-store" not in headers.get("Cache-Control", ""):
        wrong["Cache-Control"] = headers.get("Cache-Control")
    if "camera=()" not in headers.get("Permissions-Policy", "") or "publickey-credentials-get=(self)" not in headers["Permissions-Policy"]:
        wrong["Permissions-Policy"] = headers.get("Permissions-Policy")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower().replace('"', "") and kind != "text/plain":
        wrong["Content-Type"] = kind
    return wrong


WHO = [(None, "en-ca"), (None, "fr-ca"), ("originator", "en-ca"), ("lead", "fr-ca"), ("chair", "en-ca"), ("coordinator", "fr-ca")]
WHO += [("administrator", "en-ca"), ("privacy_officer", "fr-ca"), ("steering", "en-ca")]


@pytest.mark.parametrize(("part", "language"), WHO)
def test_every_address_says_all_of_it_to_everyone_in_both_languages(client_of, part, language):
    town = canaries.town_at("responding", is_room_open=True)
    client = client_of(cast.the(part), language) if part else Client(headers={"accept-language": language})

    wrong, opened = {}, 0
    for name, wanted in sorted({(name, tuple(wanted)) for name, wanted in addresses()}):
        for args in arguments(name, list(wanted), town) or []:
            response = client.get(reverse(name, args=args)) if name != "account_logout" else client.head(reverse(name))
            opened += 1
            if said := faults(response):
                wrong[name, response.status_code] = said
            if not response.headers.get("Content-Type", "text/html").startswith("text/html") and name not in INLINE:
                assert response.headers["Content-Disposition"].startswith("attachment; filename="), name

    assert (wrong, opened > 150) == ({}, True)


def _answers(client, originator, client_of, settings):
    """One answer of each status that is not a page's own."""
    strict = Client(enforce_csrf_checks=True)
    client.raise_request_exception = False
    yield 400, client.get("/", headers={"host": "elsewhere.example"})
    yield 403, strict.post(reverse("account_login"), {"login": "a@b.example", "password": "wrong"})
    yield 403, client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"})
    yield 404, client.get("/nowhere/")
    yield 404, client.get("/situations/00000000-0000-4000-8000-000000000000/")
    yield 405, client.put("/help/")
    yield 405, client.get(reverse("language"))
    yield 302, Client().get("/")
    yield 301, client.get("/help")
    settings.ROOT_URLCONF = "tests.breaking_urls"
    yield 500, client.get("/breaks/misread/", {"word": "x"})
    yield 503, client.get("/breaks/unreachable/")


def test_an_error_a_refusal_and_a_redirect_say_it_too(client_of, originator, settings):
    answers = list(_answers(client_of(originator), originator, client_of, settings))

    assert [response.status_code for _status, response in answers] == [status for status, _response in answers]
    assert [(status, faults(response)) for status, response in answers if faults(response)] == []


def test_a_refusal_in_words_says_it_too(client_of, originator, item):
    client = client_of(originator)
    situation = item.situation

    response = client.post(reverse("meetings:position", args=[item.pk]), {"position": "no-such", "at_table": "another"})

    assert (situation.pk is not None, faults(response)) == (True, {})


def test_the_tables_own_files_may_be_kept_and_hold_nothing(client):
    response = client.get("/static/js/table.js")
    response.close()

    may_be_kept = {"Cache-Control": "max-age=60, public", "ETag": response["ETag"], "Last-Modified": response["Last-Modified"]}
    assert (response.status_code, faults(response)) == (200, may_be_kept)


def test_in_production_the_browser_is_told_to_come_by_tls_only(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD = 31_536_000, True, True

    plain, secure = client.get("/help/"), client.get("/help/", secure=True)

    assert (plain.status_code, plain["Location"], faults(plain)) == (301, "https://testserver/help/", {})
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_the_crawl_notices_an_answer_that_says_nothing():
    assert sorted(faults(HttpResponse(""))) == sorted([*SAID, "Cache-Control", "Content-Security-Policy", "Permissions-Policy"])


# Who may ask at all ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    ("mode", "destination"),
    [("no-cors", "image"), ("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe"), ("navigate", "embed"), ("", "")],
)
def test_another_site_asks_for_nothing_behind_a_readers_back(client_of, originator, site, mode, destination):
    asked = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": destination}

    assert client_of(originator).get("/", headers=asked).status_code == 403


def test_another_site_sends_no_form(client_of, originator):
    asked = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}

    assert client_of(originator).post(reverse("language"), {"language": "fr-ca"}, headers=asked).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none"])
def test_a_link_in_a_mail_leads_to_the_table(client_of, originator, site):
    asked = {"sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}

    assert client_of(originator).get("/", headers=asked).status_code == 200


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/up/", "/nowhere/"])
def test_no_address_takes_another_method(client_of, originator, method, path):
    response = client_of(originator).generic(method, path)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
