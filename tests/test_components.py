"""The parts of a page, asked as a reader would: by eye, by ear, by keyboard."""

import re
from datetime import UTC, date, datetime

import django_tables2 as tables
import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.http import Http404
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, translation

from cms_table.gallery import gallery
from cms_table.sentences import sentences


class ConsentForm(forms.Form):
    agreed = forms.ChoiceField(
        label="Did they agree?",
        choices=[("y", "Yes"), ("n", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    ground = forms.CharField(label="Legal ground", help_text="The law.", max_length=5)
    earlier = forms.CharField(label="Earlier number", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NumberTable(tables.Table):
    caption = "Situations"
    number = tables.Column(verbose_name="Situation")
    steps = tables.Column(verbose_name="Steps", attrs={"cell": {"class": "n"}}, orderable=False)


def shown(source, **context):
    return Template(source).render(Context(context))


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def part_of(html, field):
    return html.split(f'id="div_id_{field}"')[1].split('id="div_id_')[0]


# States ------------------------------------------------------------------------------------------------------
def test_a_badge_is_a_word_with_a_shape_that_is_silent():
    html = shown('{% badge "Concluded" "done" %}')

    assert words_of(html) == "Concluded"
    assert html.count('aria-hidden="true"') == 1


def test_a_badge_escapes_what_it_is_given():
    assert words_of(shown("{% badge words 'still' %}", words="<b>")) == "&lt;b&gt;"


def test_a_state_that_no_page_knows_is_refused():
    with pytest.raises(TemplateSyntaxError):
        shown('{% badge "Late" "red" %}')


@pytest.mark.parametrize(
    ("left", "arc"),
    [(0.25, "M10 10V3A7 7 0 0 1 17.00 10.00z"), (0.5, "M10 10V3A7 7 0 0 1 10.00 17.00z"), (0.75, "M10 10V3A7 7 0 1 1 3.00 10.00z")],
)
def test_the_clocks_pie_is_as_large_as_the_time_left(left, arc):
    assert f'd="{arc}"' in shown('{% clock "left" "wait" left=left %}', left=left)


def test_a_clock_that_ran_out_has_a_shape_in_place_of_the_pie():
    html = shown('{% clock "2 h past 48 hours" "owed" %}')

    assert ("dial" in html, 'class="shape"' in html) == (False, True)


def test_the_strip_says_where_a_situation_stands_to_those_who_do_not_see_it():
    html = shown("{% stage_strip 3 %}")

    assert re.findall(r"\((done|now|later|not opened)\)", html) == ["done", "done", "now", "later"]
    assert html.count('aria-current="step"') == 1


def test_the_strip_of_a_situation_that_ended_at_the_second_filter_opens_no_other():
    html = shown("{% stage_strip 2 ended=True %}")

    assert re.findall(r"\((done|now|later|not opened)\)", html) == ["done", "done", "not opened", "not opened"]
    assert "aria-current" not in html


def test_what_is_withheld_says_that_and_why_and_what_opens_it():
    html = shown('{% withheld "Steps" "No agency acts yet." "When yours does." %}')

    assert words_of(html) == "Steps Withheld Why No agency acts yet. Opens When yours does."


# Forms -------------------------------------------------------------------------------------------------------
def failed():
    return ConsentForm({"agreed": "", "ground": "too long", "earlier": ""})


def test_the_error_summary_counts_and_leads_to_each_field_in_page_order():
    html = shown("{% error_summary form %}", form=failed())

    assert "3 things need your attention" in html
    assert re.findall(r'href="#(\w+)"', html) == ["id_agreed_0", "id_ground"]


def test_in_the_summary_a_general_sentence_names_its_question_and_a_forms_own_stands_as_it_is():
    entries = re.findall(r"<li>(.*?)</li>", shown("{% error_summary form %}", form=failed()))

    assert [words_of(entry) for entry in entries] == [
        "Choose an answer",
        "“Legal ground” has room for 5 characters, and 8 are typed.",
        "Fill in “Version”.",
    ]


class SittingForm(forms.Form):
    step = forms.ChoiceField(label="Step", choices=[("a", "A")])
    is_read = forms.BooleanField(label="I have read it")
    days = forms.IntegerField(label="Days", max_value=90)
    begins = forms.TimeField(label="Begins")
    email = forms.EmailField(label="E-mail")
    own = forms.IntegerField(label="Own", max_value=3, error_messages={"max_value": "Three chairs stand there."})


def test_a_field_says_by_name_what_is_missing_and_how_an_answer_is_written():
    empty = SittingForm({})
    wrong = SittingForm({"step": "b", "days": "91", "begins": "noon", "email": "me", "own": "4"})

    assert [words for field in empty for words in sentences(field)][:3] == [
        "Choose an answer for “Step”.",
        "Check “I have read it”.",
        "Fill in “Days”.",
    ]
    assert [words for field in wrong for words in sentences(field) if field.name != "is_read"] == [
        "Choose one of the answers offered for “Step”.",
        "“Days” is at most 90.",
        "“Begins” is a time of day, written like 13:30.",
        "“E-mail” is written like name@agency.ca.",
        "Three chairs stand there.",
    ]


def test_the_field_itself_says_the_same_sentence_as_the_summary():
    html = shown("{% load crispy_forms_filters %}{{ form|crispy }}", form=failed())

    assert "“Legal ground” has room for 5 characters, and 8 are typed." in words_of(part_of(html, "ground"))


def test_the_summary_finds_the_pages_forms_once_each():
    form = failed()

    assert "3 things need" in shown("{% error_summary %}", form=form, consent_form=form, rows=[form])


def test_what_is_wrong_with_the_whole_form_comes_first_and_leads_nowhere():
    form = failed()
    form.add_error(None, "Two answers do not fit together.")

    assert re.findall(r"<li>(\w+|<a)", shown("{% error_summary form %}", form=form)) == ["Two", "<a", "<a", "Fill"]


def test_the_summary_speaks_for_a_formset_too():
    formset = formset_factory(ConsentForm)({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-ground": "x"})

    assert 'href="#id_form-0-agreed_0"' in shown("{% error_summary %}", formset=formset)


def test_a_form_without_errors_has_no_summary():
    assert shown("{% error_summary form %}", form=ConsentForm()) == ""


@pytest.mark.parametrize(("form", "prefix"), [(ConsentForm(), ""), (failed(), "Error: ")])
def test_the_title_of_a_page_with_errors_begins_with_that_word(form, prefix):
    assert shown("{% title_prefix %}", form=form) == prefix


def test_a_field_is_its_label_its_help_its_error_and_then_itself():
    html = part_of(shown("{% form_frame form %}", form=failed()), "ground")

    assert re.findall(r"<(label|input)|class=\"(form-text|invalid-feedback)\"", html) == [
        ("label", ""), ("", "form-text"), ("", "invalid-feedback"), ("input", ""),
    ]  # fmt: skip
    assert 'aria-describedby="id_ground_helptext id_ground_error"' in html


def test_a_group_of_answers_is_asked_once_and_described_by_its_error():
    html = part_of(shown("{% form_frame form %}", form=failed()), "agreed")

    assert '<fieldset aria-describedby="id_agreed_error">' in html
    assert (html.count("<legend>"), "required" in html, "aria-invalid" in html) == (1, False, False)


def test_only_what_is_optional_is_marked():
    html = shown("{% form_frame form %}", form=ConsentForm())

    assert [name for name in ("agreed", "ground", "earlier") if "(optional)" in part_of(html, name)] == ["earlier"]


def test_every_form_that_is_shown_carries_a_token_of_its_own():
    tokens = [
        re.search(r'name="form_token" value="([0-9a-f-]{36})"', shown("{% form_frame form %}", form=ConsentForm()))[1] for _ in range(2)
    ]

    assert len(set(tokens)) == 2


def test_a_whole_form_has_one_primary_button_and_no_browser_validation():
    html = shown('{% table_form form submit="Send" cancel_url="/back/" %}{% endtable_form %}', form=ConsentForm())

    assert (html.count("btn-primary"), html.count("novalidate"), 'href="/back/"' in html) == (1, 1, True)


# Lists, numbers, days ----------------------------------------------------------------------------------------
def test_a_list_names_itself_its_columns_and_its_rows(rf):
    table = NumberTable([{"number": "2026-002", "steps": 3}], order_by="-number")
    html = shown("{% load render_table from django_tables2 %}{% render_table table %}", table=table, request=rf.get("/"))

    assert re.findall(r"<caption[^>]*>(.*?)</caption>", html) == ["Situations"]
    assert re.findall(r'aria-sort="(\w+)"', html) == ["descending"]
    assert re.findall(r'<th role="rowheader" scope="row"[^>]*>(.*?)</th>', html) == ["2026-002"]
    assert re.findall(r'<td role="cell" data-label="(\w+)"[^>]*>(.*?)</td>', html) == [("Steps", "3")]


def test_the_pager_says_which_rows_and_keeps_the_order(rf):
    page = Paginator(range(131), 25).page(2)
    html = " ".join(shown("{% pager page %}", page=page, request=rf.get("/?sort=-number&page=2")).split())

    assert "26 to 50 of 131" in html
    assert re.findall(r'href="([^"]+)" aria-label="Page 2" aria-current="page"', html) == ["?sort=-number&amp;page=2"]
    assert re.findall(r'rel="(prev|next)"', html) == ["prev", "next"]


@pytest.mark.parametrize(("rows", "said"), [(25, '<p class="pager num">25 in all</p>'), (1, '<p class="pager num">1 in all</p>'), (0, "")])
def test_a_list_that_fits_on_one_page_says_how_many_and_has_no_pager(rf, rows, said):
    assert shown("{% pager page %}", page=Paginator(range(rows), 25).page(1), request=rf.get("/")).strip() == said


@pytest.mark.parametrize(
    ("language", "hour", "minute", "written"),
    [
        ("en-ca", 0, 5, "00:05"), ("en-ca", 9, 30, "09:30"), ("en-ca", 14, 5, "14:05"),
        ("fr-ca", 0, 5, "0\xa0h\xa005"), ("fr-ca", 9, 30, "9\xa0h\xa030"), ("fr-ca", 14, 5, "14\xa0h\xa005"),
    ],
)  # fmt: skip
def test_a_time_is_written_as_canadians_read_it(language, hour, minute, written):
    with translation.override(language):
        assert formats.time_format(datetime(2026, 11, 24, hour, minute, tzinfo=UTC).time()) == written


@pytest.mark.parametrize(
    ("language", "moment", "day"),
    [
        ("en-ca", "November 24, 2026 at 14:05", "Tuesday, November 24, 2026"),
        ("fr-ca", "24\xa0novembre 2026 à 14\xa0h\xa005", "mardi 24\xa0novembre 2026"),
    ],
)
def test_a_day_is_written_in_words(language, moment, day):
    with translation.override(language):
        assert formats.date_format(datetime(2026, 11, 24, 14, 5, tzinfo=UTC), "DATETIME_FORMAT") == moment
        assert shown("{{ day|with_weekday }}", day=date(2026, 11, 24)) == day


@pytest.mark.parametrize(("language", "count", "share"), [("en-ca", "1,234", "0.5"), ("fr-ca", "1\xa0234", "0,5")])
def test_numbers_are_grouped_and_pointed_as_the_language_does(language, count, share):
    with translation.override(language):
        assert (shown("{{ n|grouped }}", n=1234), shown("{{ n }}", n=0.5)) == (count, share)


def test_a_browsers_own_date_and_time_fields_are_understood_in_both_languages():
    for language in ("en-ca", "fr-ca"):
        with translation.override(language):
            assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%Y-%m-%d"
            assert formats.get_format("TIME_INPUT_FORMATS")[0] == "%H:%M"


# Pages -------------------------------------------------------------------------------------------------------
FRAME = {
    "practice": True,
    "names": [
        {"text": "Rapid Mobilization Table", "lang": "en-CA"},
        {"text": "Table de mobilisation rapide", "lang": "fr-CA"},
        {"text": "Weweni EnjiNagidwendaagozing", "lang": "oj"},
    ],
    "acting": {"agency": "Loon Call Youth Services", "role": "Representative"},
    "navigation": [{"label": "Start", "url": "/", "current": False}, {"label": "Meetings", "url": "/meetings/", "current": True}],
    "languages": [{"code": "fr-ca", "label": "Français", "lang": "fr-CA"}],
    "path": "/meetings/?page=2",
    "help": "/help/#meeting",
    "signed_in": True,
    "idle_seconds": 1800,
    "clock": None,
    "progress": {"text": "A season is being played.", "percent": 40},
}


def page(template="components/confirm.html", **frame):
    given = {"frame": FRAME | frame, "messages": [], "csrf_token": "x", "what": ["It ends."], "form": forms.Form()}
    return render_to_string(template, given | {"title": "Withdraw it?", "submit": "Withdraw", "cancel_url": "/"})


def test_the_frame_names_the_table_three_times_each_in_its_own_language():
    names = re.findall(r'lang="([\w-]+)">([^<]+)</(?:b|span)>', page().split("<main")[0])

    assert names == [
        ("en-CA", "Rapid Mobilization Table"), ("fr-CA", "Table de mobilisation rapide"), ("oj", "Weweni EnjiNagidwendaagozing"),
    ]  # fmt: skip


def test_a_practice_table_says_so_before_all_else_and_in_the_title():
    html = page()

    assert words_of(html.split("<header>")[1]).startswith("Practice table.")
    assert words_of(html.split("<title>")[1].split("</title>")[0]) == "Withdraw it? – Rapid Mobilization Table (practice)"


def test_a_real_table_has_no_trace_of_practice():
    assert "practice" not in page(practice=False).lower()


def test_the_other_language_is_offered_by_its_own_name_and_leads_back_to_the_same_page():
    html = page("pages/help.html").split('action="/language/"')[1].split("</form>")[0]

    assert 'name="language" value="fr-ca"' in html
    assert 'name="next" value="/meetings/?page=2"' in html
    assert '<button type="submit" class="as-link" lang="fr-CA">Français</button>' in html


def test_where_there_is_a_form_the_other_language_is_a_button_of_it():
    html = page().split("<header>")[1].split("</header>")[0]

    assert 'action="/language/"' not in html
    assert 'form="typed" formaction="/meetings/?page=2"' in html


def test_the_navigation_says_where_one_is():
    assert re.findall(r'<a href="(/[a-z/]*)" aria-current="page">', page()) == ["/meetings/"]


def test_signing_out_is_a_post_and_only_for_those_who_are_signed_in():
    assert [html.count('method="post" action="/accounts/logout/"') for html in (page(), page(signed_in=False))] == [1, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("account_login", []), ("account_signup", []), ("account_inactive", []), ("account_reset_password", []),
        ("account_reset_password_done", []), ("account_reset_password_from_key", ["x", "y"]), ("account_reset_password_from_key_done", []),
    ],
)  # fmt: skip
def test_every_page_before_sign_in_stands_in_the_frame(client, settings, name, args, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    html = client.get(reverse(name, args=args)).content.decode()

    assert (html.count("<h1"), html.count('class="foot"'), f'<html lang="{language}">' in html) == (1, 1, True)


@pytest.mark.django_db
def test_a_failed_sign_in_says_so_first_and_in_the_title(client):
    html = client.post(reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"}).content.decode()

    assert words_of(html.split("<title>")[1].split("</title>")[0]).startswith("Error: Sign in")
    assert html.index('class="error-summary"') < html.index("<h1>")


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["", "?errors", "?page=3&sort=lead&number=2026"])
def test_every_part_is_in_the_gallery_in_every_state(rf, state):
    html = gallery(rf.get("/components/" + state)).content.decode()

    assert (html.count("<h1>"), 'class="error-summary"' in html) == (1, state == "?errors")


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "409.html", "500.html", "503.html"])
@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_a_page_for_bad_news_needs_nothing_to_stand(name, language):
    with translation.override(language):
        html = render_to_string(name)

    assert (html.count("<h1>"), html.count("<main")) == (1, 1)


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_when_the_language_may_be_unknown_the_page_says_it_in_both(name):
    html = render_to_string(name)

    assert ('<html lang="en-ca">' in html, '<section lang="fr-ca">' in html) == (True, True)


@pytest.mark.parametrize("name", ["404.html", "500.html", "503.html"])
def test_a_page_for_bad_news_speaks_first_as_its_reader_and_its_title_names_the_table(name):
    with translation.override("fr-ca"):
        html = render_to_string(name)

    assert ('<html lang="fr-ca">' in html, html.index('lang="fr-ca">La Table') < html.index('lang="en-ca">The Table')) == (True, True)
    assert words_of(html.split("<title>")[1].split("</title>")[0]).endswith("– La Table")
    assert html.index('class="skip" href="#main"') < html.index("<header")


def test_the_gallery_does_not_exist_in_production(rf, settings):
    settings.PRODUCTION = True

    with pytest.raises(Http404):
        gallery(rf.get("/components/"))
