"""The only words of a situation: two sentences that everyone in the room may hear, checked for what could tell who it is."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from situations import lifecycle
from situations.coaching import read
from situations.forms.step import StepForm


class Words(forms.CharField):
    """Typed words; a line break counts once, and a browser never cuts what is pasted."""

    def to_python(self, value):
        return super().to_python((value or "").replace("\r\n", "\n"))

    def widget_attrs(self, widget):
        return {key: kept for key, kept in super().widget_attrs(widget).items() if key != "maxlength"}


class WhyNowForm(StepForm):
    title = _("Why now")
    lead = _("Two sentences that everyone in the room may hear: what changed, and what may happen if nobody acts.")
    why = _("It is all that the table hears in words before it decides.")
    asks = {"why_now": ("why_now",)}

    why_now = Words(
        label=_("Why now"),
        max_length=lifecycle.LONGEST_WHY_NOW,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("At most 280 characters. No name, street, school, workplace, date, exact age, phone or record number."),
        error_messages={"max_length": _("Keep it to 280 characters; it has %(show_value)d.")},
    )
    overruled_because = forms.CharField(
        label=_("Why the marked words must stay"),
        max_length=200,
        help_text=_("Better: write them in another way. If they must stay, say why. The reason is kept sealed, and not heard in the room."),
    )

    def set_up(self, situation, known):
        self._stored_words = known.why_now or ""
        if "why_now" in self._written:
            self.initial["why_now"] = self._stored_words
        self.most = lifecycle.LONGEST_WHY_NOW

    @cached_property
    def reading(self) -> dict:
        """What the checker says of the words that stand in the form."""
        return read(self["why_now"].value() or "" if "why_now" in self._written else "")

    def _keys_of(self, name):
        return []

    def answer_of(self, name):
        return "why_now"

    def clean(self):
        super().clean()
        words = self.cleaned_data.get("why_now", "")
        is_asked = self._is_finished and words and self.reading["marks"] and not self.cleaned_data.get("overruled_because")
        if is_asked and not (words == self._stored_words and lifecycle.has_overruled(self._situation)):
            self.add_error("why_now", _("Some words could tell who it is. Write them in another way, or say why they must stay."))
        return self.cleaned_data

    def parts(self):
        if self.reading["marks"] and lifecycle.has_overruled(self._situation):
            self.fields["overruled_because"].help_text = _("A reason is kept already. While the words stay as they are, leave this empty.")
        return self._part(["why_now"])

    def words(self):
        return self.cleaned_data.get("why_now", "")

    def answers(self):
        return {}
