"""What is asked of and about people: who they are, what they may be, who stands in for whom."""

from datetime import datetime, time, timedelta

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies import clock, first_table, policies
from agencies.directory import seated_at
from agencies.enums import AGENCY_ROLES, AgreementKind, Language, Role
from agencies.forms.days import within_reach
from agencies.forms.named import AgencySelect
from agencies.models import Agency, Appointment, Member
from agencies.passwords import WHAT_MAKES_ONE

CHOOSE = _("Choose one")
DAY = {"type": "date"}
IN_THEMSELVES = [(Language.ENGLISH, "English"), (Language.FRENCH, "Français")]  # whoever reads only one finds it in either page


class InviteForm(forms.Form):
    """Who is invited, for which agency, as what."""

    full_name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The invitation goes there."))
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), widget=AgencySelect, required=False, empty_label=_("No agency")
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles at this table"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Leave all empty for someone who only stands in for others of the agency, on days that are chosen later."),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=Language, initial=Language.ENGLISH)
    telephone = forms.CharField(label=_("Telephone at work"), max_length=32, required=False)

    def __init__(self, *args, member, table, **options):
        super().__init__(*args, **options)
        self.member, self.table = member, table
        self.fields["roles"].choices = [(role.value, role.label) for role in policies.givable_roles(member, table)]
        if policies.keeps(member, table):
            seated = [agency.pk for agency in seated_at(table)]
            self.fields["agency"].queryset = Agency.objects.filter(pk__in=seated)
        else:  # an agency's lead invites for the own agency, as the only role that there is to give
            del self.fields["agency"]
            self.fields["roles"].initial = [Role.REPRESENTATIVE]

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        given = super().clean()
        if "agency" not in self.fields:
            given["agency"] = self.member.agency
        if policies.needs_an_agency(given.get("roles", [])) and not given.get("agency"):
            self.add_error("agency", _("Choose the agency: a representative or an agency lead acts for one."))
        if not given.get("roles") and not given.get("agency") and "roles" not in self.errors:
            self.add_error("roles", _("Choose a role, or the agency for which this person can stand in."))
        if given.get("email") == self.member.email:
            self.add_error("email", _("This is your own address. Nobody gives a role to themself."))
        return given


class PersonForm(forms.ModelForm):
    """How a person is called and reached."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Member
        fields = ["full_name", "telephone", "language"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["version"] = self.instance.version


class GiveRoleForm(forms.Form):
    """One more role at this table."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args, member, person, table, held, **options):
        super().__init__(*args, **options)
        offered = [role for role in policies.givable_roles(member, table) if role not in held]
        if person.agency_id is None:
            offered = [role for role in offered if role not in AGENCY_ROLES]
        self.fields["role"].choices = [("", CHOOSE), *((role.value, role.label) for role in offered)]
        self.is_empty = not offered


class JoinForm(forms.Form):
    """The first thing a new member says: how they are called and addressed, and a password; the first person of a table also where."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it, and the table’s mail goes to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    full_name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Your language"), choices=IN_THEMSELVES, widget=forms.RadioSelect)
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=WHAT_MAKES_ONE,
    )
    again = forms.CharField(label=_("The password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args, member, **options):
        super().__init__(*args, **options)
        self.member = member
        if member.email != first_table.EMAIL:  # the invitation came to the address, which proves it
            del self.fields["email"]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if email == first_table.EMAIL or Member.objects.filter(email=email).exists():
            raise forms.ValidationError(_("This address cannot be used here. Give the one that reaches you at work."))
        return email

    def clean_password(self):
        password_validation.validate_password(self.cleaned_data["password"], self.member)
        return self.cleaned_data["password"]

    def clean(self):
        given = super().clean()
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return given


class DelegateForm(forms.Form):
    """Who stands in, for whom, from which day to which; whole days of the table."""

    stands_in_for = forms.ModelChoiceField(label=_("Stands in for"), queryset=Member.objects.none(), empty_label=CHOOSE)
    to = forms.ModelChoiceField(label=_("Who stands in"), queryset=Member.objects.none(), empty_label=CHOOSE)
    first_on = forms.DateField(label=_("First day"), validators=[within_reach], widget=forms.DateInput(attrs=DAY))
    last_on = forms.DateField(
        label=_("Last day"), validators=[within_reach], widget=forms.DateInput(attrs=DAY), help_text=_("Until the end of this day.")
    )

    def __init__(self, *args, member, table, **options):
        super().__init__(*args, **options)
        self.member, self.table = member, table
        representatives = Appointment.objects.current().filter(table=table, role=Role.REPRESENTATIVE, member__agency=member.agency_id)
        acting = list(representatives.values_list("member", flat=True))
        if policies.leads(member, member.agency_id, table):
            self.fields["stands_in_for"].queryset = Member.objects.active().filter(pk__in=acting)
        else:
            del self.fields["stands_in_for"]
        joined = Member.objects.active().filter(agency=member.agency_id).exclude(joined_at=None)  # who was only invited cannot come
        self.fields["to"].queryset = joined.exclude(pk__in=[*acting, member.pk])
        self.fields["first_on"].initial = self.today = timezone.localtime(clock.now(), table.zone).date()

    def clean(self):
        given = super().clean()
        given.setdefault("stands_in_for", self.member if "stands_in_for" not in self.fields else None)
        first_on, last_on = given.get("first_on"), given.get("last_on")
        if first_on and first_on < self.today:
            self.add_error("first_on", _("Choose today or a later day."))
        if first_on and last_on and last_on < first_on:
            self.add_error("last_on", _("The last day lies before the first."))
        if first_on and last_on:
            given["starts_at"] = self._midnight(first_on)
            given["ends_at"] = self._midnight(last_on + timedelta(days=1))
        return given

    def _midnight(self, day) -> datetime:
        return datetime.combine(day, time.min, tzinfo=self.table.zone)


class PeopleFilterForm(forms.Form):
    """What narrows a list of people."""

    words = forms.CharField(label=_("Search"), required=False, max_length=80)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", pgettext_lazy("role", "Any")), *Role.choices])

    def __init__(self, *args, rows, **options):
        super().__init__(*args, **options)
        named = {str(row["agency_id"]): (row["agency_folded"], row["agency"]) for row in rows if row["agency_id"]}
        by_name = sorted(named.items(), key=lambda pair: pair[1])
        self.fields["agency"].choices = [("", pgettext_lazy("agency", "Any")), *((key, name) for key, (_folded, name) in by_name)]


class MembershipFilterForm(PeopleFilterForm):
    """The same for those who look after the people: also who was invited, and who has left."""

    state = forms.ChoiceField(
        label=_("Membership"),
        required=False,
        choices=[
            ("", pgettext_lazy("membership", "Any")),
            ("invited", _("Invited")),
            ("joined", _("Has joined")),
            ("ended", _("Ended")),
        ],
    )


class SignatureFilterForm(forms.Form):
    """Whose signatures of an agreement are listed."""

    state = forms.ChoiceField(
        label=_("Signature"),
        required=False,
        choices=[
            ("", pgettext_lazy("signature", "Any")),
            ("missing", _("Not signed")),
            ("expired", _("Expired")),
            ("soon", _("Expires soon")),
            ("signed", _("Signed")),
        ],
    )


class PublishForm(forms.Form):
    """A new version of an agreement, in both languages."""

    kind = forms.ChoiceField(label=_("Which agreement"), choices=AgreementKind, widget=forms.RadioSelect)
    text_en = forms.CharField(
        label=_("Text in English"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "en-CA"}),
        help_text=_("An empty line begins a new paragraph."),
    )
    text_fr = forms.CharField(label=_("Text in French"), max_length=40_000, widget=forms.Textarea(attrs={"rows": 12, "lang": "fr-CA"}))
    valid_months = forms.IntegerField(label=_("A signature is valid for how many months"), min_value=1, max_value=60, initial=12)


class SignForm(forms.Form):
    """That the reader has read the text and agrees."""

    is_read = forms.BooleanField(
        label=_("I have read this agreement and I will keep to it."),
        error_messages={"required": _("Confirm that you have read the agreement.")},
    )


class ConfirmForm(forms.Form):
    """Nothing is asked but to confirm."""
