"""The table speaks plainly, in both languages: what was measured is the ceiling of what is said from now on."""

import pytest

from cms_table import plain_language
from cms_table.management.commands.plain_language import by_group

# Who reads it: at most this school grade in English, at least this ease in French, at most so many words to a sentence in
# each. They are the measures of November 2026, rounded up; grade 8, an ease of 55 and 15 words are what was asked for.
CEILINGS = {
    "mail": (5.5, 80, 12),
    "help": (5.0, 80, 12),
    "public pages": (5.0, 80, 12),
    "screens": (4.0, 80, 9.5),
}


@pytest.fixture(scope="module")
def groups():
    return by_group()


@pytest.mark.parametrize("group", CEILINGS)
def test_what_is_said_is_plain(groups, group):
    english, french = zip(*groups[group], strict=True)
    measures = plain_language.english(english), plain_language.french(french)

    grade, ease, words = CEILINGS[group]
    assert (measures[0].level <= grade, measures[1].level >= ease) == (True, True), measures
    assert [measure.words_each <= words for measure in measures] == [True, True], measures


@pytest.mark.parametrize("language", [plain_language.english, plain_language.french])
def test_no_sentence_has_more_than_25_words(groups, language):
    place = 0 if language is plain_language.english else 1

    assert {group: longest for group, pairs in groups.items() if (longest := language(pair[place] for pair in pairs).longest)} == {}


@pytest.mark.parametrize(
    ("word", "number"), [("situation", 3), ("l’organisme", 3), ("réunion", 3), ("chaque", 1), ("présentée", 3), ("moment", 2), ("les", 1)]
)
def test_french_syllables_are_counted_by_ear(word, number):
    assert plain_language.french_syllables(word) == number


@pytest.mark.parametrize(("word", "number"), [("situation", 4), ("agency", 3), ("involved", 2), ("Anishinaabemowin", 7)])
def test_english_syllables_are_looked_up(word, number):
    assert plain_language.english_syllables(word) == number


def test_a_known_text_has_its_known_level():
    assert plain_language.english(["The cat sat on the mat. The dog ran to the door."]).level == -1.4
    assert plain_language.french(["Le chat dort sur le lit."]).level == 127.3


def test_a_heading_is_no_sentence_and_what_is_put_in_is_a_word():
    assert plain_language.sentences_of("Your agency") == []
    assert plain_language.sentences_of("%(agency)s leads <b>now</b>. See 2.5 pages?") == [["name", "leads", "now"], ["See", "2.5", "pages"]]


@pytest.mark.parametrize(
    ("places", "group"),
    [
        (["templates/email/notice.txt"], "mail"),
        (["templates/pages/help.html"], "help"),
        (["meetings/forms.py", "templates/pages/privacy.html"], "public pages"),
        (["meetings/forms.py"], "screens"),
    ],
)
def test_who_reads_a_message_is_told_by_the_file_that_says_it(places, group):
    assert plain_language.group_of(places) == group
