import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from agencies.clock import now
from agencies.enums import Notice, ledger_acts


class LedgerEntry(models.Model):
    """One act or one look: who, what, when. Never changed, never deleted, and never a typed word in it.

    References are soft, so that the record outlives what it speaks of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    written_at = models.DateTimeField(db_default=Now(), editable=False)  # the database's real clock, also in practice
    at = models.DateTimeField(editable=False)  # the table's clock
    act = models.CharField(max_length=24, choices=ledger_acts)
    by_id = models.UUIDField(null=True)  # null: a named job of the table's own
    by_job = models.CharField(max_length=24, blank=True)
    agency_id = models.UUIDField(null=True)  # for which agency the person acted then
    table_id = models.UUIDField(null=True)
    situation_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=24, blank=True)  # the kind of thing that was touched, when not a situation
    subject_id = models.CharField(max_length=64, blank=True)
    audience_id = models.UUIDField(null=True)  # to whom a right was given or from whom it was taken
    relation = models.CharField(max_length=2, blank=True)
    codes = ArrayField(models.CharField(max_length=64), default=list)  # codes only: what, never in which words

    class Meta:
        ordering = ["-at", "-written_at"]
        indexes = [
            models.Index(fields=["situation_id", "-at"], name="ledger_of_situation"),  # looks at what an agency brought
            models.Index(fields=["by_id", "-at"], name="ledger_of_member"),  # one's own entries; one look is one opening
            models.Index(fields=["table_id", "-at"], name="ledger_of_table"),  # the privacy officer's page
        ]
        constraints = [models.CheckConstraint(name="ledger_names_who_acts", condition=Q(by_id__isnull=False) | ~Q(by_job=""))]
        triggers = [pgtrigger.Protect(name="ledger_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.get_act_display()


class LedgerSeal(models.Model):
    """One block of the chain over the ledger: which entries, in which order, each with its digest, tied to the block before.

    Only the database's own function ``seal_ledger`` writes it (migration 0008); the web's role may read it.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()  # the database's real clock
    previous = models.CharField(max_length=64, blank=True)  # the hash of the block before; the first has none
    hash = models.CharField(max_length=64)  # SHA-256, hexadecimal
    entries = ArrayField(models.UUIDField())
    digests = ArrayField(models.CharField(max_length=64))  # of each entry, so that the one that was changed can be named

    class Meta:
        ordering = ["number"]
        triggers = [pgtrigger.Protect(name="a_seal_is_not_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return str(self.number)


class LedgerWaiting(models.Model):
    """An entry that no block holds yet. A trigger puts it here with the entry, so a transaction that ends late is not missed."""

    position = models.BigAutoField(primary_key=True)
    entry_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return str(self.entry_id)


class Outbox(models.Model):
    """That something awaits a member, told by mail if it is still true by then, and on a page. It holds no fact about anyone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey("agencies.SituationTable", on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.CharField(max_length=24, choices=Notice)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)  # the path of the page that it links to
    subject_id = models.UUIDField(null=True)  # what it is about; asked again before it is sent
    moment = models.DateTimeField(null=True)  # a time that the mail names, such as a meeting's
    reminded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")  # empty: no reminder
    created_at = models.DateTimeField(default=now)  # the table's clock
    send_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)  # the member opened it on the page, or set it aside

    class Meta:
        ordering = ["send_at"]
        verbose_name_plural = _("outbox")
        indexes = [
            models.Index(fields=["send_at"], condition=Q(sent_at=None, dropped_at=None), name="outbox_waiting"),  # tick
            models.Index(fields=["recipient", "-created_at"], condition=Q(dropped_at=None), name="outbox_of_member"),  # what awaits you
            models.Index(fields=["subject_id", "-created_at"], name="outbox_of_subject"),  # when was it last told
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "recipient", "subject_id"],
                condition=Q(sent_at=None, dropped_at=None, reminded_by=None),
                name="one_waiting_mail_per_cause",
            ),
            models.UniqueConstraint(
                fields=["notice", "recipient", "subject_id"],
                condition=Q(sent_at=None, dropped_at=None, reminded_by__isnull=False),
                name="one_waiting_reminder_per_cause",
            ),
            models.CheckConstraint(name="mail_is_sent_or_dropped_not_both", condition=Q(sent_at=None) | Q(dropped_at=None)),
        ]

    def __str__(self):
        return self.get_notice_display()


class FormToken(models.Model):
    """A form that was posted, and where its first post led: the second post leads to the same place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.UUIDField()
    result = models.CharField(max_length=200, blank=True)
    posted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "token"], name="a_form_counts_once")]

    def __str__(self):
        return str(self.token)


class PracticeClock(models.Model):
    """By how much the clock of a practice or test database was moved. Where no row stands, nobody can move it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seconds = models.FloatField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_clock", condition=Q(id=1))]

    def __str__(self):
        return f"{self.seconds} s"
