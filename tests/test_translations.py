"""What holds the French of the table together: its signs, its counts, one word for one thing, and everybody meant."""

import polib
import pytest
from django.conf import settings

from cms_table.french import begin_with_an_accent, means_some_only, stands_otherwise, without_its_accent, written_wrongly
from cms_table.management.commands.check_translations import (
    LOCALE,
    NEVER_NONE,
    problems_of,
    prose_of,
    refused_in,
    refused_words,
    words_refused,
    wrong_with,
)

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


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Réponse : oui", "has no space that does not break before a colon"),
        ("Réponse\xa0: oui", ""),
        ("Dites « oui »", "has guillemets without a space that does not break"),
        ("Dites «\xa0oui\xa0»", ""),
        ("Qui doit agir ?", "has a space before ? ! or ;"),
        ("L'organisme", "has a typewriter’s apostrophe"),
        ('Dites "oui"', "has English quotation marks"),
        ("Plus tard...", "has three dots for …"),
        ("Deux  espaces", "has a space too many"),
        ("À 14:05", "writes an hour otherwise than 14 h 05"),
        ("À 14h05", "writes an hour otherwise than 14 h 05"),
        ("À 14\xa0h\xa005", ""),
        ("Une heure, écrite comme 13:30.", ""),
        ("$5", "has a dollar sign otherwise than after the sum"),
        ("1,000 lignes", "has a number with an English comma or point"),
        ("Environ 1.5 jour", "has a number with an English comma or point"),
        ("Les WCAG 2.2", ""),
        ("Au plus 1 Mo", "has a unit that can be torn from its number"),
        ("%(share)s%% des situations", "has a unit that can be torn from its number"),
        ("%(share)s\xa0%% des situations", ""),
    ],
)
def test_the_signs_of_french_stand_as_in_canada(text, wrong):
    assert written_wrongly(text) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Chaque représentant(e) répond.", "doubles a word: “t(e)”"),
        ("Les intervenant·es", "doubles a word: “t·”"),
        ("Le représentant répond.", "says “représentant” without “représentante”"),
        ("Représentante ou représentant", ""),
        ("La personne qui représente l’organisme", ""),
        ("Le comité directeur", ""),
    ],
)
def test_everybody_is_meant(text, wrong):
    assert means_some_only(text) == wrong


def test_a_capital_keeps_its_accent():
    accented = begin_with_an_accent(["l’étape suivante", "à la table", "état"])

    assert [without_its_accent(text, accented) for text in ("Etape 2", "Étape 2", "Etat", "Table")] == [
        "writes Etape for Étape",
        "",
        "writes Etat for État",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "english", "wrong"),
    [
        ("C’est enregistré", "It is saved.", "ends with another sign than in English"),
        ("It is saved.", "It is saved.", "says it in English"),
        ("Situation", "Situation", ""),
        ("C’est enregistré.", "It is saved.", ""),
    ],
)
def test_a_french_sentence_stands_beside_its_english_one(text, english, wrong):
    assert stands_otherwise(text, english) == wrong


@pytest.mark.parametrize("text", ["Gardé: {n}.", "Gardé\xa0: {m}.", "Gardé\xa0: <b>{n}</b>."])
def test_what_a_script_puts_in_and_tags_stay(text):
    assert wrong_with(polib.POEntry(msgid="Kept: {n}.", msgstr=text)) == (
        "" if "{n}" in text and "<" not in text else "has other placeholders or tags"
    )


def test_code_is_no_prose():
    assert list(prose_of("Une phrase, avec `--email`.\n```\n--email\n```\n| [page](page.md) |")) == [
        (1, "Une phrase, avec …."),
        (5, "[page…"),
    ]


def test_the_catalogue_that_is_shipped_holds_all_of_this():
    catalogue = polib.pofile(str(settings.BASE_DIR / "locale" / LOCALE / "LC_MESSAGES" / "django.po"))

    assert [*problems_of(catalogue, catalogue), *words_refused(catalogue, settings.BASE_DIR / "docs")] == []
