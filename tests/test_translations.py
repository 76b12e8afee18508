"""What holds the French of the table together: counts that can be none, and one word for one thing."""

import polib
import pytest

from cms_table.management.commands.check_translations import NEVER_NONE, refused_in, refused_words, wrong_with

GLOSSARY = """
| English | Français | Pas | Sauf si l’anglais dit |
|---|---|---|---|
| draft | brouillon | ébauche, ébauches | |
| out of the room | hors de la salle | à l’extérieur de la salle | |
| kind | type | genre | gender |
"""


def counted(one, more, *, english="One agency"):
    return polib.POEntry(msgid=english, msgid_plural="%(count)s agencies", msgstr_plural={0: one, 1: more})


def test_a_count_that_can_be_none_says_its_number_in_french():
    assert wrong_with(counted("Un organisme", "%(count)s organismes")) == "says no number where there can be none"
    assert wrong_with(counted("%(count)s organisme", "%(count)s organismes")) == ""


@pytest.mark.parametrize("english", sorted(NEVER_NONE))
def test_a_count_that_is_never_none_may_say_one_in_a_word(english):
    assert wrong_with(counted("Une chose", "%(count)s choses", english=english)) == ""


@pytest.mark.parametrize(
    ("text", "english", "wrong"),
    [
        ("Supprimer cette Ébauche", "Discard this draft", "says « ébauche » for « brouillon »"),
        ("Elle est à\xa0l’extérieur de la salle.", "Out of the room", "says « à l’extérieur de la salle » for « hors de la salle »"),
        ("Le genre de situation", "Kind of situation", "says « genre » for « type »"),
        ("Le genre", "Sex or gender", ""),
        ("Les ébauchesses", "A word of its own", ""),
        ("Supprimer ce brouillon", "Discard this draft", ""),
    ],
)
def test_a_word_that_the_glossary_refuses_is_found(text, english, wrong):
    assert refused_in(text, english, refused_words(GLOSSARY)) == wrong
