"""When the table's mail reaches a member: their own choice."""

from datetime import time

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.enums import CAN_WAIT, MailChoice, Notice
from agencies.models import Member

HOURS = range(5, 22)
AT_ONCE = [notice for notice in Notice if notice not in CAN_WAIT]


def mail_in_words(member) -> str:
    """What the member chose, in a sentence."""
    hour = time_format(time(member.mail_hour), "TIME_FORMAT")
    if member.mail == MailChoice.DAILY:
        return gettext("Once a day at %(hour)s, in one mail; what cannot wait, at once.") % {"hour": hour}
    if member.mail == MailChoice.BY_KIND:
        kinds = ", ".join(str(notice.label) for notice in CAN_WAIT if notice in member.mail_daily)
        return gettext("Once a day at %(hour)s: %(kinds)s. The rest at once.") % {"hour": hour, "kinds": kinds}
    return gettext("At once.")


class MailForm(forms.ModelForm):
    """At once, once a day, or by kind; at which hour; which kinds."""

    mail = forms.ChoiceField(label=_("When you get the table’s mail"), choices=MailChoice, widget=forms.RadioSelect)
    mail_hour = forms.TypedChoiceField(
        label=_("At what time once a day"), coerce=int, help_text=_("By the table’s clock, and only on days when something waits.")
    )
    mail_daily = forms.MultipleChoiceField(
        label=_("What you want once a day"),
        choices=[(notice.value, notice.label) for notice in CAN_WAIT],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only if you choose by kind."),
    )

    class Meta:
        model = Member
        fields = ["mail", "mail_hour", "mail_daily"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["mail_hour"].choices = [(hour, time_format(time(hour), "TIME_FORMAT")) for hour in HOURS]

    def clean(self):
        given = super().clean()
        if given.get("mail") == MailChoice.BY_KIND and not given.get("mail_daily") and "mail_daily" not in self.errors:
            self.add_error("mail_daily", _("Choose at least one kind, or choose to get everything at once."))
        return given
