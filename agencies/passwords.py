"""What a password may not be made of: the words of the table itself, which whoever guesses tries first (ASVS V6.1.2)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.folding import folded
from agencies.models import Agency, SituationTable

# The words of the house, in both languages, beside the names of its own tables and agencies.
KNOWN = """
agency agence organisme situation situations table rapid mobilization mobilisation meeting reunion filter filtre member membre
password motdepasse passe welcome bienvenue sudbury ontario canada
"""
# Said wherever a password is chosen, once, in place of one sentence from each rule.
WHAT_MAKES_ONE = gettext_lazy(
    "At least 15 characters. Four words that you can remember make a good one. Leave out your name, your e-mail address and the names "
    "of the table and its agencies."
)
LEAST = 8  # characters that must be left once the known words are taken out


class NotMadeOfKnownWords:
    """A password of 15 characters is not guessed only when most of it is one's own."""

    def validate(self, password, user=None):
        left = re.sub(r"[\W_]", "", folded(password))
        for word in sorted(known_words(), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEAST:
            raise ValidationError(self.get_error_message(), code="password_of_known_words")

    def get_error_message(self):
        return _("This password is made of the names of the table or its agencies. Choose words that have nothing to do with it.")

    def get_help_text(self):
        return WHAT_MAKES_ONE


def known_words() -> set[str]:
    """The words of four letters or more in the names of tables and agencies, and those of the house."""
    names = [*SituationTable.objects.values_list("name_en", "name_fr"), *Agency.objects.values_list("name")]
    named = {word for each in names for name in each for word in re.findall(r"[^\W_]{4,}", folded(name))}
    return named | set(KNOWN.split())
