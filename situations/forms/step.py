"""What every step of bringing a situation is: it checks what is typed; what is still needed, the lifecycle says."""

from copy import copy

from django import forms
from django.utils.translation import gettext_lazy as _

from situations import lifecycle
from situations.forms import pickers
from situations.models import Situation

CHOOSE = [("", _("Choose one"))]


class StepForm(forms.Form):
    """What every step is: the fields whose datum may be written now, with the answers given so far."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": _("This page is too old to be saved. Open it again.")}
    )

    title = ""
    lead = ""
    why = ""  # it is asked
    asks: dict[str, tuple[str, ...]] = {}  # datum of the matrix: fields of the situation
    lists: tuple[str, ...] = ()  # vocabularies that it offers
    ends_in_picker = False  # one picker is all there is: the buttons stand beside its list, above what is browsed

    remembers = ""  # the answer of which the reader's latest choices are offered again
    lately: list[str] = []  # these choices, newest first; the view knows whose

    use_required_attribute = False

    def __init__(self, data=None, *, situation, known, is_finished=False, typed=None):
        """``known`` says what may be written; ``is_finished`` asks for what is needed; ``typed`` are the searches of pickers."""
        super().__init__(data, initial={"version": situation.version})
        self._situation, self._is_finished, self._typed = situation, is_finished, typed or {}
        self._written = {field for datum, fields in self.asks.items() if known.writes(datum) for field in fields}
        kept = [situation.age_group_id, *(key for field in self._written for key in self._keys_of(field))]
        self._offered = pickers.entries(*self.lists, kept=kept)
        self.set_up(situation, known)
        for name in [name for name in self.fields if name != "version" and self.answer_of(name) not in self._written]:
            del self.fields[name]

    def set_up(self, situation, known) -> None:
        """Offer the lists, and show the answers given so far."""
        for name in self._written & self.fields.keys():
            self.initial[name] = self._stored(name)

    def answer_of(self, name: str) -> str:
        """Which field of the situation a field of the form answers."""
        return name

    def full_clean(self):
        # Nothing is required by itself: a draft may be left at any time. What is needed to go on, clean() asks the lifecycle.
        required = {name: field.required for name, field in self.fields.items() if name != "version"}
        for name in required:
            self.fields[name].required = False
        super().full_clean()
        for name, was in required.items():
            self.fields[name].required = was

    def clean(self):
        if self._is_finished:
            needed = lifecycle.lacking(self._as_answered(), why_now=self.words())
            asked: dict[str, str] = {}
            for name in (name for name in self.fields if name != "version"):
                asked.setdefault(self.answer_of(name), name)
            for answer in needed.keys() & asked.keys():
                if asked[answer] not in self.errors:
                    self.add_lack(asked[answer], needed[answer])
        return self.cleaned_data

    def add_lack(self, name, sentence) -> None:
        self.add_error(name, sentence)

    def _as_answered(self):
        """The situation with these answers, not saved."""
        row = copy(self._situation)
        for field, value in self.answers().items():
            setattr(row, Situation._meta.get_field(field).attname, value)
        return row

    def words(self) -> str | None:
        """The text of *why now*, where this step asks for it; elsewhere any text will do."""
        return "-"

    def answers(self) -> dict:
        """What was answered, as fields of the situation: entry keys, or None; what was not valid is left out."""
        found = {}
        for name in self._written & self.cleaned_data.keys():
            value, stored = self.cleaned_data[name], self._stored(name)
            if isinstance(value, list):
                found[name] = stored if sorted(value) == sorted(stored) else value
            else:
                found[name] = value or (None if Situation._meta.get_field(name).null else "")
        return found

    def _stored(self, name: str):
        return getattr(self._situation, Situation._meta.get_field(name).attname)

    def _keys_of(self, name: str) -> list:
        stored = self._stored(name)
        return list(stored) if isinstance(stored, list | dict) else [stored]

    def offer(self, name: str, vocabulary: str, *, blank=False) -> None:
        self.fields[name].choices = [*(CHOOSE if blank else []), *pickers.pairs(self._offered[vocabulary])]  # type: ignore[attr-defined]

    def parts(self) -> list[dict]:
        """What the page shows, in order: a heading, help, fields, or a picker."""
        fields = [self[name] for name in self.fields if name != "version"]
        return [{"heading": "", "help": "", "fields": fields, "picker": None, "is_folded": False}] if fields else []

    def _part(self, names, *, heading="", help="", is_folded=False):
        fields = [self[name] for name in names if name in self.fields]
        return [{"heading": heading, "help": help, "fields": fields, "picker": None, "is_folded": is_folded}] if fields else []

    def _picker(self, name, *, offered=None, folded=(), **said):
        if name not in self.fields:
            return []
        offered = offered or self._offered[self.fields[name].vocabulary]
        lately = self.lately if name == self.remembers else ()
        picker = pickers.Picker(self[name], offered=offered, typed=self._typed.get(name, ""), lately=lately, **said)
        return [{"heading": said["heading"], "help": "", "fields": [], "picker": picker, "is_folded": False, "folded": folded}]


def many(label, vocabulary, **options):
    """Any number of entries of one list."""
    field = forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, **options)
    field.vocabulary = vocabulary
    return field
