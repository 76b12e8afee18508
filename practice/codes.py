"""The codes that a phone would show, said by the practice table itself: whoever learns has no phone for twelve invented people."""

import secrets
import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.core.cache import cache


def offered(secret: str, *, member) -> str:
    """A code that counts now and has not been used, for a secret; '' on a table that is not for practice."""
    if not settings.PRACTICE:
        return ""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    # Not the oldest ones, which would run out while the page is read.
    counted = [auth.format_hotp_value(auth.hotp_value(secret, now + later)) for later in range(app_settings.TOTP_TOLERANCE + 1)]
    key_of = auth.TOTP(Authenticator(user_id=member.pk))._get_used_cache_key
    used = cache.get_many([key_of(code) for code in counted])
    fresh = [code for code in counted if key_of(code) not in used]
    return secrets.choice(fresh) if fresh else ""


def of_member(member) -> str:
    """The same for a member who has set up a phone; '' for anybody else."""
    phone = Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).first() if settings.PRACTICE else None
    return offered(auth.decrypt(phone.data["secret"]), member=member) if phone else ""


def give_phones(members) -> None:
    """Each of these invented people has a phone whose codes the practice table says."""
    already = set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True))
    Authenticator.objects.bulk_create(
        Authenticator(user=member, type=Authenticator.Type.TOTP, data={"secret": auth.encrypt(auth.generate_totp_secret())})
        for member in members
        if member.pk not in already
    )
