"""The way in by a passkey and by a phone, in a real browser: from the invitation to the first page, unbroken."""

import re

import pytest

PASSWORD = "four-calm-words-here"


def with_an_authenticator(page):
    """The browser has a device of its own that keeps passkeys, and a finger on it whenever it is asked."""
    asking = page.context.new_cdp_session(page)
    asking.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    return asking, asking.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def what_the_policy_refused(page):
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
    return refused


def signed_out(page):
    page.goto("/accounts/logout/")
    page.locator("main form button[type=submit]").click()
    page.goto("/accounts/login/")


def by_passkey(page):
    page.locator("form[data-passkey] button[type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


def invited(house, seat_of, name):
    """The coordinator invites somebody new; the link from their mail."""
    coordinator = seat_of("coordinator")
    coordinator.goto("/table/people/invite/")
    coordinator.get_by_label("Name", exact=True).fill(name.title())
    coordinator.get_by_label("E-mail address").fill(f"{name}@table.example")
    coordinator.get_by_label("Chair").check()
    coordinator.locator("main form button[type=submit]").first.click()
    letters = house.letters(until=f"To: {name}@table.example")
    letter = next(each for each in letters.split("Content-Type:") if f"To: {name}@table.example" in each)
    return re.search(r"http://localhost:\d+(/table/join/\S+)", letter).group(1)


@pytest.fixture
def newcomer(house, chromium):
    """A browser in which nobody has signed in yet."""
    context = chromium.new_context(locale="en-CA", viewport={"width": 1280, "height": 900}, base_url=house.address)
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.mark.parametrize("way", ["phone", "passkey"])
def test_from_the_invitation_to_the_first_page_the_way_is_unbroken(house, seat_of, newcomer, way):
    refused = what_the_policy_refused(newcomer)
    with_an_authenticator(newcomer)
    newcomer.goto(invited(house, seat_of, f"nova-{way}"))
    newcomer.get_by_label("Choose a password").fill(PASSWORD)
    newcomer.get_by_label("The password again").fill(PASSWORD)
    newcomer.get_by_role("button", name="Join").click()
    newcomer.wait_for_url("**/accounts/2fa/")
    newcomer.goto("/situations/")
    led_to = newcomer.url.removeprefix(house.address)

    newcomer.get_by_role("link", name={"phone": "Set up my phone", "passkey": "Set up a passkey"}[way]).click()
    newcomer.locator("main form button[type=submit]:visible").first.click()
    newcomer.wait_for_url("**/recovery-codes/")
    codes = newcomer.locator(".recovery-codes li").all_inner_texts()
    newcomer.get_by_role("link", name="I have them: go on").click()
    newcomer.wait_for_url(f"{house.address}/")

    assert (led_to, len(set(codes)), refused) == ("/accounts/2fa/", 10, [])
    house.letters(until=f"A {way} was set up")  # whoever did not do it themself reads of it


def test_a_member_sets_up_a_passkey_and_comes_in_by_it_alone(seat_of):
    page = seat_of("lead")
    refused = what_the_policy_refused(page)
    asking, device = with_an_authenticator(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.locator("form[data-passkey] button[type=submit]").click()
    page.wait_for_url(re.compile("/2fa/"))
    page.wait_for_url(lambda url: "/add/" not in url)
    kept = asking.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]

    signed_out(page)
    by_passkey(page)

    assert (len(kept), kept[0]["isResidentCredential"], refused) == (1, True, [])


def test_what_nobody_answers_is_said_and_the_other_way_stands_there(seat_of):
    page = seat_of("assisting")
    page.goto("/accounts/logout/")
    page.locator("main form button[type=submit]").click()
    with_an_authenticator(page)
    page.goto("/accounts/login/")

    page.locator("form[data-passkey] button[type=submit]").click()

    page.get_by_text("The passkey did not answer, or you stopped it.").wait_for()
    assert page.get_by_label("Password", exact=True).is_visible()
