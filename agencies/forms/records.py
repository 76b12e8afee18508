"""What narrows the record, and the sheet that is brought in."""

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies import spreadsheets
from agencies.enums import LedgerAct
from agencies.forms.days import within_reach
from agencies.record import ACTED

SALT = "agencies.import"
AN_HOUR = 3600


class LedgerFilterForm(forms.Form):
    """Which part of the record is shown: at this table or of the whole house, which act, whose, on which day."""

    place = forms.ChoiceField(
        label=_("What was done"),
        required=False,
        choices=[("", _("At this table")), ("house", _("To agencies, people and words; sign-ins"))],
    )
    act = forms.ChoiceField(label=_("Act"), required=False, choices=[("", pgettext_lazy("act", "Any")), *LedgerAct.choices])
    person = forms.ChoiceField(label=_("By whom"), required=False)
    day = forms.DateField(label=_("On"), required=False, validators=[within_reach], widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, people=None, with_looks=False, **options):
        super().__init__(*args, **options)
        if people is None:  # one's own entries: of every table, and by nobody else
            del self.fields["person"], self.fields["place"]
            return
        self.fields["person"].choices = [("", _("Anyone")), *people]
        if with_looks:
            self.fields["act"].choices.append((ACTED, _("Acted in a situation")))


class SheetForm(forms.Form):
    """A spreadsheet from the reader's desk."""

    sheet = forms.FileField(
        label=_("Spreadsheet"),
        allow_empty_file=True,
        help_text=_("XLSX or CSV, at most 1 MB and 1,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": _("Choose a file.")},
    )

    def clean_sheet(self):
        """The rows of the sheet, each with its number."""
        sheet = self.cleaned_data["sheet"]
        if sheet.size > spreadsheets.LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 1 MB. Leave out pictures and other sheets."))
        try:
            return spreadsheets.read(sheet.read(), filename=sheet.name or "")
        except spreadsheets.Unreadable as unreadable:
            raise forms.ValidationError(unreadable.sentence) from unreadable


class PreviewedForm(forms.Form):
    """The rows that were previewed, signed, so that exactly these are brought in; for an hour, by the same member."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=1_500_000)

    def __init__(self, *args, member, table, **options):
        super().__init__(*args, **options)
        self.whose = [str(member.pk), str(table.pk)]

    @classmethod
    def holding(cls, rows, *, member, table):
        """The form with these rows in it, for the page of the preview."""
        form = cls(member=member, table=table)
        form.initial["rows"] = signing.dumps([*form.whose, rows], salt=SALT, compress=True)
        return form

    def clean_rows(self):
        try:
            member, table, rows = signing.loads(self.cleaned_data["rows"], salt=SALT, max_age=AN_HOUR)
        except signing.BadSignature as altered:
            raise forms.ValidationError(_("The preview is older than an hour. Choose the file again.")) from altered
        if [member, table] != self.whose:
            raise forms.ValidationError(_("The preview is not yours. Choose the file again."))
        return [(number, cells) for number, cells in rows]
