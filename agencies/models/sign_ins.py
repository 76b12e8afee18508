import uuid

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone


class SignIns(BaseSessionManager):
    def that_last(self, member):
        """Where the member is signed in now, latest use first; by the real clock, as sessions go."""
        return self.filter(member=member, expire_date__gt=timezone.now()).order_by("-seen_at")


class SignIn(AbstractBaseSession):
    """Where somebody is signed in: one browser's session. Who, on what and since when are read from the session at each save."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,  # part of its member; empty: nobody has signed in yet
        null=True,
        db_index=False,  # the index below
        related_name="sign_ins",
    )
    mark = models.UUIDField(null=True)  # by what a page names it: its own key is a secret
    device = models.CharField(max_length=40, blank=True)  # browser and system, nothing that would tell two alike apart
    began_at = models.DateTimeField(null=True)  # the server's own clock, as the next one
    seen_at = models.DateTimeField(null=True)  # when somebody last acted there

    objects = SignIns()

    class Meta(AbstractBaseSession.Meta):
        indexes = [
            models.Index(fields=["member", "-seen_at"], name="sign_ins_of_member"),  # the profile, and the end of a membership
        ]

    def __str__(self):
        return self.device


class AgencySignIns(models.Manager):
    def of(self, issuer: str, subject: str):
        """The link to a name that an agency's own sign-in gives, if its member still acts here; None otherwise.

        Whoever begins anew joins first, by the invitation: so each who comes in by an agency has a password here, for a fresh proof.
        """
        acting = self.filter(issuer=issuer, subject=subject, member__is_active=True, member__joined_at__isnull=False)
        return acting.select_related("member__agency").first()


class AgencySignIn(models.Model):
    """That a member also signs in at their agency's own provider: who issued the name, and the name; nothing else of what it says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agency_sign_ins")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)  # OpenID Connect Core 1.0, 2: at most 255 characters
    linked_at = models.DateTimeField()

    objects = AgencySignIns()

    class Meta:
        ordering = ["linked_at"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="a_name_is_linked_once"),
            models.UniqueConstraint(fields=["member", "issuer"], name="a_member_has_one_name_at_each_agency"),
        ]

    def __str__(self):
        return self.issuer
