"""Submitting asks nothing more; it says what is still missing."""

from django import forms


class SubmitForm(forms.Form):
    """Valid when nothing is lacking. ``lacking`` holds, for each answer that is missing, the sentence that asks for it."""

    def __init__(self, data, *, lacking: dict[str, str]):
        super().__init__(data)
        self._lacking = lacking

    def clean(self):
        for sentence in self._lacking.values():
            self.add_error(None, sentence)

    @property
    def links(self) -> list[tuple[str, str]]:
        """For the error summary: where on the check page each missing answer stands, and what is asked."""
        return [(f"needed-{answer}", sentence) for answer, sentence in self._lacking.items()]
