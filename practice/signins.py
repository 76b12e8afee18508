"""How one signs in to a practice table: one named person for each role, and one password that opens all of them."""

import os
import secrets

from django.conf import settings

from practice.town import PEOPLE, SIGN_INS

# Easy to type on a phone; it guards invented people only.
WORDS = ("birch", "canoe", "heron", "kettle", "lantern", "mitten", "otter", "paddle", "pebble", "puffin", "snowshoe", "thimble")
TITLES = {
    "representative": "Representative",
    "representative_fr": "Representative (in French)",
    "alternate": "Alternate",
    "agency_lead": "Agency lead",
    "chair": "Chair",
    "recorder": "Recorder",
    "coordinator": "Coordinator",
    "steering": "Steering committee",
    "privacy_officer": "Privacy officer",
    "administrator": "Administrator",
    "observer": "Observer",
}


def password() -> str:
    """The password of every practice sign-in: PRACTICE_PASSWORD, or one that was made once and is kept in ``var/``."""
    given = os.environ.get("PRACTICE_PASSWORD", "")
    if given:
        return given
    kept = settings.VAR / "practice_password"
    if not kept.exists():
        settings.VAR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(f"practice-{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(90) + 10}")
    return kept.read_text().strip()


def lines() -> list[str]:
    """One line for each role, to be printed: the role, who plays it, the address, the password. Nothing need be played yet."""
    named = {person.email: person.full_name for person in PEOPLE}
    shared = password()
    widest_title = max(map(len, TITLES.values()))
    widest_name = max(len(named[email]) for email in SIGN_INS.values())
    widest_address = max(map(len, SIGN_INS.values()))
    return [
        f"  {TITLES[role]:<{widest_title}}  {named[email]:<{widest_name}}  {email:<{widest_address}}  {shared}"
        for role, email in SIGN_INS.items()
    ]
