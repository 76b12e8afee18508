"""How one signs in to a practice table: one named person for each role, and one password that opens all of them."""

import os
import secrets

from django.conf import settings

from practice.town import PEOPLE, SIGN_INS, Person

# Easy to type on a phone; it guards invented people only.
WORDS = ("birch", "canoe", "heron", "kettle", "lantern", "mitten", "otter", "paddle", "pebble", "puffin", "snowshoe", "thimble")
NOT_RENEWED = "driftwood"  # the agency whose agreement has run out, so that the page that says so can be seen
# Someone who is to sit at the sister table for an agency that has no seat there: nothing counts for them, and a page says why.
WITHOUT_A_SEAT = Person("Coral Moraine", "coral.moraine@practice.example", "open-kettle", "en", (), ("representative",))
BARRED = {
    "not_renewed": next(person for person in PEOPLE if person.agency == NOT_RENEWED),
    "without_a_seat": WITHOUT_A_SEAT,
}
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
    "not_renewed": "Agreement has run out",
    "without_a_seat": "Without a seat",
}

SECOND_STEP = "The second step is a code, which the sign-in page fills in here; `.venv/bin/python manage.py code ADDRESS` prints one."


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
    named = {person.email: person for person in PEOPLE}
    shown = {role: named[email] for role, email in SIGN_INS.items()} | BARRED
    shared = password()
    widest_title = max(map(len, TITLES.values()))
    widest_name = max(len(person.full_name) for person in shown.values())
    widest_address = max(len(person.email) for person in shown.values())
    return [
        f"  {TITLES[role]:<{widest_title}}  {person.full_name:<{widest_name}}  {person.email:<{widest_address}}  {shared}"
        for role, person in shown.items()
    ]
