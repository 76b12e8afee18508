"""At which agencies' own sign-in people may sign in here: read from the environment, off while nothing is set (docs/decisions/0024)."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

FORM = (
    "AGENCY_SIGN_INS is not what it should be: {why}. Write it as a list, such as "
    '[{{"id": "larch", "name": "Larch Housing", "issuer": "https://login.larch.example", "client_id": "...", "client_secret": "..."}}].'
)
# Values of ``amr`` with which a provider says that a second factor was used (RFC 8176, 2).
SECOND_FACTOR = ("mfa",)


class Malformed(ValueError):
    """What stands in the environment cannot be read; its text is one sentence, without what was given: it holds secrets."""


@dataclass(frozen=True)
class Provider:
    """One agency's own sign-in. ``acr`` and ``amr``: what it says when a second factor was used; ``acr`` is also asked for."""

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    acr: tuple[str, ...] = ()
    amr: tuple[str, ...] = SECOND_FACTOR
    forms_go_to: tuple[str, ...] = ()  # further hosts over which the way to the sign-in leads

    @property
    def origins(self) -> list[str]:
        """Where the browser is led: the page that leads there must be allowed to."""
        return list(dict.fromkeys(f"{urlsplit(each).scheme}://{urlsplit(each).netloc}" for each in (self.issuer, *self.forms_go_to)))

    def shows_a_second_factor(self, claims: dict) -> bool:
        """Whether the provider says that it asked for more than a password."""
        said = claims.get("amr")
        return claims.get("acr") in self.acr or bool(set(said if isinstance(said, list) else []) & set(self.amr))


def _provider(given: dict) -> Provider:
    return Provider(**{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})


def read(text: str, *, is_production: bool) -> list[Provider]:
    """The providers that an installation names, as JSON. Raises ``Malformed``."""
    if not text:
        return []
    try:
        providers = [_provider(each) for each in json.loads(text)]
    except (ValueError, TypeError, AttributeError):
        raise Malformed(FORM.format(why="a part is missing, or not known")) from None
    if len({provider.id for provider in providers}) < len(providers):
        raise Malformed(FORM.format(why="two have the same id"))
    for provider in providers:
        parts = (provider.id, provider.name, provider.issuer, provider.client_id, provider.client_secret)
        if not all(isinstance(part, str) and part for part in parts) or not re.fullmatch(r"[a-z0-9-]{1,32}", provider.id):
            raise Malformed(FORM.format(why="an id is made of small letters, digits and hyphens, and nothing is empty"))
        if is_production and not all(each.startswith("https://") for each in (provider.issuer, *provider.forms_go_to)):
            raise Malformed(FORM.format(why="an issuer does not begin with https://"))
    return providers
