"""The way in by a passkey and by a phone, in a real browser: from the invitation to the first page, unbroken."""

import re

import pytest

from tests.browser.conftest import sign_in


def with_an_authenticator(page, *, is_verified=True):
    """The browser has a device of its own that keeps passkeys, and presses its finger on it whenever it is asked."""
    asking = page.context.new_cdp_session(page)
    asking.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": is_verified, "automaticPresenceSimulation": True}
    return asking, asking.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_a_member_sets_up_a_passkey_and_comes_in_by_it_alone(house, seat_of):
    page = seat_of("lead")
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
    asking, device = with_an_authenticator(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.locator("form[data-passkey] button[type=submit]").click()
    page.wait_for_url(re.compile("/2fa/recovery-codes/"))
    kept = asking.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]

    page.goto("/accounts/logout/")
    page.locator("main form button[type=submit]").click()
    page.goto("/accounts/login/")
    page.locator("form[data-passkey] button[type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)

    assert (len(kept), kept[0]["isResidentCredential"], refused) == (1, True, [])
