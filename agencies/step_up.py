"""Step-up: whoever does something grave has shown who they are within the last five minutes; and whether a session used its factor.

``@stepped_up`` stands on a view; where the last proof is too old it raises ``Unproven``, and the roof asks for the password, a
code or the passkey, keeps what was typed, and leads back (cms_table/step_up.py). Source: OWASP ASVS 5.0, 7.5.3 and 6.3.3.
The sign-in library writes each proof into the session, by the real clock, which nobody moves: the table's own may be moved.
"""

import time
from functools import wraps

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication

PROOF_LASTS = 5 * 60  # seconds
AT_THE_AGENCY = "agency"  # the type of a proof that was given there: when, the table does not know, and it may be hours ago


class Unproven(Exception):
    """The last proof of who asks is too old for this act. ``back``: the page to come back to, where it is not the page itself."""

    def __init__(self, back: str = ""):
        super().__init__("unproven")
        self.back = back


def is_proven(request) -> bool:
    """Whether who is signed in showed the table a password, a code or a passkey within the last five minutes, in this session."""
    proofs = [proof["at"] for proof in get_authentication_records(request, request.user) if proof.get("type") != AT_THE_AGENCY]
    return bool(proofs) and time.time() - max(proofs) < PROOF_LASTS


def has_used_a_factor(request) -> bool:
    """Whether this very session was opened, or has gone on, with a second factor; a password alone opens nothing."""
    return any(proof["method"] == "mfa" for proof in get_authentication_records(request, request.user))


def remember_proof(request, member, *, method: str, **about) -> None:
    """Write into the session that ``member`` has just shown who they are; ``method`` is ``password`` or ``mfa``, a second factor."""
    record_authentication(request, member, method=method, **about)


def require_proof(request, *, back: str = "") -> None:
    """Raise ``Unproven`` unless the last proof is fresh."""
    if not is_proven(request):
        raise Unproven(back)


def stepped_up(view=None, *, is_download: bool = False):
    """The view opens, and acts, only for who showed within five minutes who they are.

    What is downloaded has no page of its own: with ``is_download`` the way leads back to the page with the link.
    """
    if view is None:
        return lambda decorated: stepped_up(decorated, is_download=is_download)

    @wraps(view)
    def after_proof(request, *args, **kwargs):
        require_proof(request, back=page_before(request) if is_download else "")
        return view(request, *args, **kwargs)

    return after_proof


def page_before(request) -> str:
    """The page of this house from which one came; otherwise the start."""
    here = f"{request.scheme}://{request.get_host()}/"
    before = request.META.get("HTTP_REFERER", "")
    return f"/{before.removeprefix(here)}" if before.startswith(here) else "/"
