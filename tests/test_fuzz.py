"""Whatever is sent to whatever address by whomever: no page breaks, no answer says more than the matrix gives, nothing asks without end.

``make test`` sends some hundred requests, the same each time. ``make fuzz`` sends many more, in every relation at every stage, from a
seed that it prints (``FUZZ_SEED=… make fuzz`` sends them again).
"""

import copy
import os
import statistics
import time
import traceback
from dataclasses import dataclass, field
from html import unescape

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some

from agencies.models import Entry, LedgerEntry
from cms_table.errors import broken
from cms_table.urls import urlpatterns as house
from practice.proof.crawl import BELOW_THE_SITUATIONS, CANARY
from practice.proof.matrix import also_given, letter, may_find, relations_of
from tests import canaries, cast
from tests.conftest import browser_of
from tests.forms_of_a_page import Form, forms_of
from tests.odd_requests import Asked, asked_anywhere, asked_by_a_form, doors, keys_of_everything
from tests.test_every_form import pages_of
from tests.test_visibility_matrix import HOUSES, WHOLE, named

pytestmark = pytest.mark.django_db
SEED = os.environ.get("FUZZ_SEED", "")  # given by ``make fuzz``
# What stands for "nothing over a second" where a machine's hurry does not count: statements to the database, characters of a page.
MOST_STATEMENTS = 100
LONGEST_PAGE = 400_000
LONGEST = 1.0  # seconds of the processor, in the long run


def often(examples):
    """So many examples: the same each time in ``make test``, from the printed seed and more of them in ``make fuzz``."""
    frame = settings(
        max_examples=int(os.environ.get("FUZZ_EXAMPLES", "500")) if SEED else examples,
        deadline=None,
        database=None,
        derandomize=not SEED,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    return lambda test: frame(seed(int(SEED))(test) if SEED else test)


@dataclass
class Told:
    """What came back for one request: all that was said, how many statements it took, how many seconds of the processor."""

    status: int
    said: str
    statements: int
    seconds: float
    goes_on: str = ""
    fault: str = ""


@dataclass
class Statements:
    """What went to the database."""

    said: list = field(default_factory=list)

    def __call__(self, execute, sql, params, many, context):
        self.said.append(sql)
        return execute(sql, params, many, context)


def told(client, asked: Asked) -> Told:
    """The answer to one request, with what its own page goes on to; the transaction in which it stands is the caller's."""
    counted = Statements()
    client.raise_request_exception = False
    began = time.process_time()
    with connection.execute_wrapper(counted):
        answer = asked.sent_by(client)
        content = b"".join(answer) if answer.streaming else answer.content
    took = time.process_time() - began
    said = content.decode(errors="replace") + str(answer.headers) + str(answer.cookies)
    fault = getattr(answer, "exc_info", None)
    return Told(
        answer.status_code,
        said,
        len(counted.said),
        took,
        goes_on=answer.headers.get("Location", ""),
        fault="".join(traceback.format_exception(*fault)[-4:]) if fault else "",
    )


class Undone:
    """What is asked in it leaves no trace, neither in the house nor in the browser."""

    def __init__(self, client):
        self.client = client

    def __enter__(self):
        self.cookies, self.open = copy.deepcopy(self.client.cookies), transaction.atomic()
        self.open.__enter__()
        return self.client

    def __exit__(self, *fault):
        transaction.set_rollback(True)
        self.open.__exit__(*fault)
        self.client.cookies = self.cookies


def what_is_wrong(answer: Told, asked: Asked, *, may: set[str]) -> dict:
    """What no answer may be; nothing for one that is right."""
    wrong = {
        "it breaks": answer.fault or answer.status if answer.status >= 500 else "",
        "it says": sorted(set(CANARY.findall(answer.said)) - may),
        "statements": answer.statements if answer.statements > MOST_STATEMENTS else 0,
        "characters": len(answer.said) if len(answer.said) > LONGEST_PAGE + 10 * asked.length else 0,
        "seconds": answer.seconds if SEED and answer.seconds > LONGEST else 0,
    }
    return {kind: what for kind, what in wrong.items() if what}


def revealed(asked, given: str) -> set[str]:
    """What one address gives, at a table where names are written under seal, to whom the matrix gives who it is."""
    return {canaries.UNDER_SEAL["identifiers"]} if asked.name == "meetings:reveal" and given in "RW" else set()


def gathered(clients, town_doors, *, is_whole) -> dict[str, list[tuple[str, Form]]]:
    """The forms that these members find, by name; each with who found it."""
    found: dict[str, list[tuple[str, Form]]] = {}
    for part, client in clients.items():
        for name, place in town_doors:
            if name.startswith(BELOW_THE_SITUATIONS) and not is_whole:
                continue
            with Undone(client):
                shown = told(client, Asked(name, "GET", place))
            for form in forms_of(shown.said.partition("<main")[2], place) if shown.status == 200 else []:
                found.setdefault(form.name, []).append((part, form))
    return found


# Who fills in forms in the short run; in the long run everybody does, in every house. ``+``: those of the ground floor as well.
SHORT = {
    (cast.TABLE, "draft", False): "originator coordinator+",
    (cast.TABLE, "presented", True): "chair in_the_room",
    (cast.TABLE, "responding", True): "lead",
    (cast.TABLE, "concluded", False): "privacy_officer",
    (cast.SEALED_TABLE, "identifying", True): "originator",
}
LONG = {variant: " ".join(cast.PARTS) + ("+" if variant[1] in WHOLE else "") for variant in HOUSES}
ASKED = LONG if SEED else SHORT


GUARDS = {"ledger_waits": "O", "pgtrigger_ledger_is_append_only_d3dcc": "O"}


def guards_of_the_ledger() -> dict[str, str]:
    """The triggers that keep the ledger as it was written; ``O`` for one that stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'agencies_ledgerentry'::regclass AND NOT tgisinternal")
        return dict(cursor.fetchall())


@pytest.mark.parametrize("variant", ASKED, ids=map(named, ASKED))
def test_whatever_is_sent_no_page_breaks_and_none_says_more_than_the_matrix_gives(client_of, variant, record_property):
    at, stage, is_room_open = variant
    town = canaries.town_at(stage, is_room_open=is_room_open, at=at)
    clients = {part: client_of(cast.the(part), at=town.table) for part in cast.PARTS}
    places, keys, parts = doors(town), keys_of_everything(), ASKED[variant]
    fill = {part.rstrip("+"): clients[part.rstrip("+")] for part in parts.split()}
    forms = gathered(fill, places, is_whole=parts.endswith("+"))
    sent = []

    def right(part, asked):
        with Undone(clients[part]) as client:
            answer = told(client, asked)
        sent.append((answer.seconds, answer.statements, asked.name, asked.method, answer.status, part))
        may = may_find(part, stage, is_room_open=is_room_open, is_sealed=at == cast.SEALED_TABLE) | also_given(part, stage, asked.name)
        may |= revealed(asked, letter("identifiers", stage, relations_of(part, stage, is_room_open=is_room_open)))
        assert what_is_wrong(answer, asked, may=may) == {}, (part, asked)

    @often(45)
    @given(some.data())
    def anything_anywhere(data):
        right(data.draw(some.sampled_from(sorted(clients))), asked_anywhere(data.draw, places=places, keys=keys))

    @often(45)
    @given(some.data())
    def any_form_by_anybody(data):
        part, form = data.draw(some.sampled_from(forms[data.draw(some.sampled_from(sorted(forms)))]))
        if not data.draw(some.integers(0, 3)):
            part = data.draw(some.sampled_from(sorted(clients)))  # who was not shown it sends it all the same
        right(part, asked_by_a_form(data.draw, form, keys=keys))

    before = LedgerEntry.objects.count()
    anything_anywhere()
    any_form_by_anybody()
    of_the_run = {"requests": len(sent), "addresses": sorted({each[2] for each in sent}), "forms": sorted(forms)}
    of_the_run |= {"slowest": sorted(sent, reverse=True)[:10], "floor": floor() if SEED else 0}
    for kind, what in of_the_run.items():
        record_property(kind, what)

    assert LedgerEntry.objects.count() == before
    assert guards_of_the_ledger() == GUARDS


def floor() -> float:
    """Seconds of the processor that the plainest page of Django takes here: a session, a sign-in, one question, 25 rows."""
    plain = [each for each in django_settings.MIDDLEWARE if each.startswith("django.")]
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=plain):
        client, took = browser_of(cast.the("stranger")), []
        for _time in range(25):
            began = time.process_time()
            assert client.get("/floor/").status_code == 200
            took.append(time.process_time() - began)
    return statistics.median(took)


@login_required
def plainest(request):
    rows = engines["django"].from_string("<ul>{% for row in rows %}<li>{{ row.code }} {{ row.label_en }}</li>{% endfor %}</ul>")
    return HttpResponse(rows.render({"rows": Entry.objects.filter(vocabulary="risk_factor")[:25]}, request))


# Text ---------------------------------------------------------------------------------------------------------------

# What is kept and not read again on a page that one finds by its form; each with the reason.
NOT_READ_AGAIN = {
    ("situations:intake", "overruled_because"): "kept under seal, and not heard in the room",
    ("agencies:invite", "telephone"): "stands on that person's own page",
    ("agencies:add_table", "place"): "stands on the new table's own page",
    ("agencies:add_table", "number_prefix"): "stands on the new table's own page",
    ("mfa_activate_totp", "code"): "a code counts once",
}
TYPED = ("text", "email", "tel", "search", "textarea")
PAGES_OF_TEXT = {
    (cast.TABLE, "draft", False): {
        "originator": "situations:intake responses:raise_issue situations:find",
        "coordinator": "agencies:invite agencies:agency agencies:entry agencies:add_agency agencies:table agencies:publish agencies:people",
        "in_the_room": "agencies:profile",
        "administrator": "agencies:add_table",
    },
    (cast.SEALED_TABLE, "identifying", True): {"originator": "meetings:write_identifiers"},
    (cast.SEALED_TABLE, "responding", True): {"lead": "meetings:write_plan"},
}
SPELT = [
    "Norah’s",
    'x < y & z > "w"',
    "&amp;",
    "e\u0301",
    "\u202eabc",
    "\u200b",
    "a  b",
    "Ǆ",
    "ﬁ",
    "½",
    "%(x)s",
    "{{ x }}",
    "\\n",
    "a\r\nb",
    "\0",
]


# An agency is not added twice however it is spaced: its name has one space between two words.
ONE_SPACE = {"agencies:agency", "agencies:add_agency"}
# What an entry is called, and also found as, stands in one line, however many the field has room for.
ONE_LINE = {
    (f"agencies:{form}", f"{name}_{language}")
    for form in ("entry", "add_entry")
    for name in ("label", "synonyms")
    for language in ("en", "fr")
}


def as_kept(text: str, *, by: str = "", name: str = "") -> str:
    """What the house does to a text that it takes: no space around it, and line ends as a page has them. Nothing else."""
    return " ".join(text.split()) if by in ONE_SPACE or (by, name) in ONE_LINE else text.replace("\r\n", "\n").replace("\r", "\n").strip()


@pytest.mark.parametrize("variant", PAGES_OF_TEXT, ids=map(named, PAGES_OF_TEXT))
def test_what_a_form_takes_is_read_again_as_it_was_typed(client_of, variant):
    at, stage, is_room_open = variant
    town = canaries.town_at(stage, is_room_open=is_room_open, at=at)
    clients = {part: client_of(cast.the(part), at=town.table) for part in PAGES_OF_TEXT[variant]}
    lines = [
        (part, form, asked["name"])
        for part, page in pages_of(town, PAGES_OF_TEXT[variant])
        for form in forms_of(clients[part].get(page).content.decode().partition("<main")[2], page)
        for asked in form.fields
        if asked["tag"] != "button" and asked.get("type", "text") in TYPED and is_read_again(form, asked.get("name", ""))
    ]

    @often(4 * len(lines))
    @given(some.data())
    def any_text_in_any_line(data):
        part, form, name = data.draw(some.sampled_from(lines))
        text = data.draw(some.one_of(some.text(min_size=1, max_size=30), some.sampled_from(SPELT)))
        assert as_kept(text, by=form.name, name=name) in read_again(clients[part], form, name, text)

    any_text_in_any_line()


def is_read_again(form, name) -> bool:
    """Whether the line is one of which a text is read again; a search in a long list only helps to choose."""
    return bool(name) and not name.startswith("find_") and (form.name, name) not in NOT_READ_AGAIN


def read_again(client, form, name, text) -> str:
    """What the answer says, and where the text was taken, the page that it leads to, the form's own and the one that reveals."""
    filled = [(each, value) for each, values in dict(form.ways())["willingly"].items() for value in values if each != name]
    posted = Asked(form.name, "POST", form.action.split("?")[0], fields=[*filled, (name, text), ("is_confirmed", "on")])
    with Undone(client):
        answer = told(client, posted)
        pages = [answer.said]
        if answer.goes_on:
            pages += [told(client, Asked("", "GET", page)).said for page in (answer.goes_on, form.action)]
        if form.name == "meetings:write_identifiers":
            pages.append(told(client, Asked("", "POST", form.action.replace("identifiers", "reveal"))).said)
    return as_kept(unescape("\n".join(pages)))


# What these tests would miss, planted ----------------------------------------------------------------------------------


def keeps_what_was_typed(request):
    LedgerEntry.objects.filter(subject_id=request.GET.get("q", "")).exists()  # Postgres knows no NUL
    return HttpResponse("")


def says_too_much(request):
    return HttpResponse(f"The number {canaries.PREFIX}-2026-001 is taken.", status=409)


def asks_without_end(request):
    for _row in range(MOST_STATEMENTS):
        LedgerEntry.objects.exists()
    return HttpResponse("")


def says_without_end(request):
    return HttpResponse("x" * 2 * LONGEST_PAGE)


PLANTED = {"it breaks": keeps_what_was_typed, "it says": says_too_much, "statements": asks_without_end, "characters": says_without_end}
handler500 = broken


@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_wrong_with_an_answer_is_noticed(client_of, stranger, settings, kind):
    settings.ROOT_URLCONF = __name__
    asked = Asked("planted", "GET", f"/planted/{list(PLANTED).index(kind)}/", query=[("q", "a\0b")])

    with Undone(client_of(stranger)) as client:
        assert list(what_is_wrong(told(client, asked), asked, may=set())) == [kind]


urlpatterns = [path("floor/", plainest), *(path(f"planted/{number}/", view) for number, view in enumerate(PLANTED.values())), *house]
