"""Every part of a page in every state, for whoever builds or changes one. It does not exist in production."""

import django_tables2 as tables
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cms_table.components.states import badge

GROUNDS = [("", _("Choose one")), ("consent", _("Consent")), ("harm", _("To prevent serious harm")), ("law", _("Another law"))]
CONSENT = [
    ("yes", _("Consent obtained")),
    ("no", _("Asked and refused")),
    ("unsafe", _("Could not be asked (unsafe, not reachable, no capacity)")),
]
TRIED = [
    (_("Health"), [("clinic", _("Walk-in clinic")), ("nurse", _("Outreach nurse"))]),
    (_("Housing"), [("shelter", _("Shelter intake"))]),
]
STANDS = [
    (_("Draft"), "wait", ""),
    (_("Submitted"), "here", ""),
    (_("Filter 4: responding"), "here", "half"),
    (_("Not accepted"), "still", ""),
    (_("Concluded"), "done", ""),
]
AGENCIES = ["Paper Lantern Mental Health", "Moonlight Ferry Housing", "Blueberry Hill School Board", "Granite & Birch Police Service"]


class SampleForm(forms.Form):
    """One field of each kind, as intake asks them."""

    consent = forms.ChoiceField(
        label=_("Did the person agree to be brought to the table?"),
        choices=CONSENT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the person agreed")},
    )
    ground = forms.ChoiceField(label=_("Legal ground"), choices=GROUNDS, help_text=_("The law your agency relies on."))
    why_now = forms.CharField(
        label=_("Why now"),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two sentences, without a name, a street or a date."),
    )
    tried = forms.MultipleChoiceField(label=_("What was tried"), choices=TRIED, widget=forms.CheckboxSelectMultiple, required=False)
    people = forms.IntegerField(label=_("How many people are affected"), min_value=1, max_value=99)
    due_on = forms.DateField(label=_("Next step due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    sheet = forms.FileField(label=_("Spreadsheet"), required=False)
    emergency = forms.BooleanField(label=_("911 was called, or is not needed"), help_text=_("The form continues either way."))

    def clean(self):
        if self.data.get("people") == "0":
            raise forms.ValidationError(_("An answer says that nobody is affected. Check it before you continue."))


class SampleFilter(forms.Form):
    """Filters of a list."""

    number = forms.CharField(label=_("Number"), required=False)
    stage = forms.ChoiceField(
        label=_("Where it stands"), required=False, choices=[("", _("Any")), ("here", _("Under way")), ("done", _("Concluded"))]
    )


class SampleTable(tables.Table):
    """A list as every list is: one template, a caption, the first column naming the row."""

    caption = _("Situations your agency brought")
    number = tables.Column(verbose_name=_("Situation"), linkify=lambda: "#lists", attrs={"td": {"class": "num"}})
    stands = tables.Column(verbose_name=_("Where it stands"), orderable=False)
    lead = tables.Column(verbose_name=_("Lead"))
    steps = tables.Column(verbose_name=_("Steps"), attrs={"cell": {"class": "n"}})

    class Meta:
        order_by = "-number"
        empty_text = _("Nothing here yet.")

    def render_stands(self, value):
        return badge(*value)

    def render_lead(self, value):
        return format_html('<span lang="en-ca">{}</span>', value)


@login_not_required
@require_safe
def gallery(request):
    """The parts, shown; ``?errors`` shows the forms after a post that failed."""
    if settings.PRODUCTION:
        raise Http404
    rows = [
        {"number": f"2026-{n:03}", "stands": STANDS[n % len(STANDS)], "lead": AGENCIES[n % len(AGENCIES)], "steps": n * 37 % 11}
        for n in range(1, 132)
    ]
    table = SampleTable(rows)
    tables.RequestConfig(request, paginate={"per_page": 5}).configure(table)
    none = SampleTable([], prefix="none-")
    none.caption = _("Situations your agency leads")
    form = SampleForm({"why_now": "", "people": "0", "tried": ["nurse"]} if "errors" in request.GET else None)
    return render(request, "gallery.html", {"form": form, "filter_form": SampleFilter(request.GET), "table": table, "none": none})
