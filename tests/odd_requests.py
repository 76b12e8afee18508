"""Requests that nobody of the house would make: any text in any field, any key in any address, any method, query and header.

What an example is made of comes from hypothesis, so that a failure is told as the smallest request that fails.
"""

import re
import uuid
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from hypothesis import strategies as some

from practice.proof.crawl import addresses, arguments
from tests.forms_of_a_page import Form

LINE = 2_000  # characters; four such make an address of 64 kB, which is as long as a server reads
BOUNDARY = "oddly"
ANYTHING = some.text(some.characters(), max_size=60)  # surrogates too: they come in as bytes that are no UTF-8
ODD = [
    *("", " ", "\0", "a\0b", "\ud800", "x\udfffx", "\u202eright to left", "\u200f\u200b\ufeff", "e\u0301\u0327" * 9, "\N{PILE OF POO}"),
    *("\r\nSet-Cookie: x=1", "line\nline\r\nline\rline\u2028line\u0085line", "\t", "<script>alert(1)</script>", "{{ 7*7 }}{% now %}"),
    *("' OR 1=1 --", "\\", "%", "%00", "%s%(x)s{0}", "_", "../../etc/passwd", "//elsewhere.example", "javascript:alert(1)", "null", "[]"),
    *("-1", "0", "1", "00000001", "1.5", "1e9", "1e999", "NaN", "Infinity", "2147483648", "9223372036854775808", "-9223372036854775809"),
    *(
        "9" * 400,
        "٣",
        "²",
        "½",
        "0x10",
        "1_000",
        "true",
        "on",
        "None",
        "2026-02-30",
        "0000-00-00",
        "9999-12-31",
        "0001-01-01",
        "10000-01-01",
    ),
    *("9999-12-31T23:59", "0001-01-01T00:00", "2026-03-08T02:30", "2026-11-01T01:30", "24:00", "23:59:60", "-1:00", "٢٠٢٦-٠١-٠١"),
    *("2026-001", "9999-999", "0000-0", "a@b", "a@table.example", "stranger@table.example", "x" * 300 + "@table.example"),
    *(
        "x" * 300,
        "x" * 5_000,
        "é" * 70_000,
        "\u0130\u0131ßﬁ",
        "00000000-0000-0000-0000-000000000000",
        "{00000000-0000-4000-8000-000000000000}",
    ),
    *(
        "urn:uuid:00000000-0000-4000-8000-000000000000",
        "sector:SEC-01",
        "risk_factor:HOU-01",
        "risk_factor:",
        ":",
        "-created_at",
        "?",
        "__class__",
    ),
]
TEXTS = some.one_of(some.sampled_from(ODD), ANYTHING, some.integers().map(str), some.datetimes().map(str), some.floats().map(str))
NAMES = [
    "page",
    "sort",
    "per_page",
    "q",
    "words",
    "day",
    "stage",
    "state",
    "sector",
    "agency",
    "table",
    "member",
    "role",
    "language",
    "next",
    "back",
    "seen",
    "kept",
    "typed",
    "typed_on",
    "typed_again",
    "read_in",
    "form_token",
    "at_table",
    "version",
    "step",
    "key",
    "at",
    "on",
    "until",
    "first_on",
    "last_on",
    "year",
    "number",
    "email",
    "login",
    "password",
    "code",
    "fields",
    "format",
    "only",
    "is_confirmed",
    "credential",
    "chart",
    "rows",
    "columns",
    "measure",
    "against",
    "period",
    "whole",
    "partial",
    "list",
    "vocabulary",
    "release",
    "show",
    "kind",
    "why",
    "after",
]
METHODS = ["GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "PROPFIND"]
HEADERS = {
    "HTTP_ACCEPT_LANGUAGE": ["fr-ca", "fr;q=x", "*", "xx-" + "y" * 600, "en-ca,fr-ca;q=1.0,", "../../fr", "oj"],
    "HTTP_COOKIE": [
        "",
        "django_language=fr-ca",
        "django_language=../x",
        "table_session=\0",
        "table_guard=x; table_guard=y",
        "table_device=é",
        ";;=;",
    ],
    "HTTP_REFERER": [
        "http://testserver/situations/",
        "http://testserver/\r\nx",
        "javascript:alert(1)",
        "http://[",
        "",
        "é",
        "http://testserver//x",
    ],
    "HTTP_RANGE": ["bytes=0-1", "bytes=-1", "bytes=9999999999999999999-", "lines=1", "bytes=0-0,0-0"],
    "HTTP_X_FORWARDED_FOR": ["1.2.3.4", "x, y, z", "::1", "\0", ",", "1.2.3.4:80", "fe80::1%eth0"],
    "HTTP_X_FORWARDED_PROTO": ["https", "gopher"],
    "HTTP_X_FORWARDED_HOST": ["elsewhere.example", "a b"],
    "REMOTE_ADDR": ["", "unix:", "::ffff:1.2.3.4"],
    "HTTP_HOST": ["testserver", "testserver:99999", "elsewhere.example", "[::1", "a b", ""],
    "HTTP_HX_REQUEST": ["true", "x"],
    "HTTP_HX_TARGET": ["x", "<"],
    "HTTP_HX_CURRENT_URL": ["http://[", "http://testserver/?x=\0", "é"],
    "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": ["true"],
    "HTTP_ACCEPT": ["application/json", "text/csv", "*/*;q=x", "image/png", ""],
    "HTTP_ACCEPT_ENCODING": ["gzip", "br;q=2", "identity;q=0"],
    "HTTP_IF_NONE_MATCH": ['"x"', "*", "W/"],
    "HTTP_IF_MODIFIED_SINCE": ["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "Mon, 31 Feb 9999 25:61:00 GMT"],
    "HTTP_ORIGIN": ["null", "http://elsewhere.example", "http://["],
    "HTTP_SEC_FETCH_SITE": ["cross-site", "same-site", "none", "x"],
    "HTTP_USER_AGENT": ["", "x" * 5_000, "\0", "é", "\ud800", "Mozilla/5.0 (" + "(" * 500],
    "HTTP_X_REQUESTED_WITH": ["XMLHttpRequest"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "HTTP_LAST_EVENT_ID": ["9" * 400, "\0"],
    "CONTENT_TYPE": [
        "",
        "application/json",
        "text/plain",
        "multipart/form-data",
        "application/x-www-form-urlencoded; charset=utf-7",
        "x" * 300,
    ],
}
FILES = [
    *(b"", b"\0" * 99, b"\xff\xfe\xfd", b"PK\x03\x04 no archive", b"a;b\n" * 3_000, b"x,\"y\n"),
    *("é".encode("latin-1"), b"\xef\xbb\xbfa,b\n1,2", b"=1+1,@x", b"\r\r\r", b"%PDF-1.4", b"," * 9_000),
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>",
]  # fmt: skip
FILE_NAMES = ["people.csv", "people.xlsx", "", "../../x", "x\0.csv", "é" * 300, "people.csv.exe", ".", '"', "\u202evsc.exe"]


@dataclass
class Asked:
    """One request, as it is sent: ``name`` is that of its address, ``fields`` what is posted, in order and doubled as they come."""

    name: str
    method: str
    path: str
    query: list[tuple[str, str]] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None

    @property
    def length(self) -> int:
        """How much was sent, in bytes: a page may say it again."""
        return len(self.path) + len(_encoded(self.query)) + len(self._body()[0]) + sum(map(len, self.headers.values()))

    def sent_by(self, client):
        """The answer to it; what a client that holds a session has in its cookies is sent with every header."""
        headers = {name: said.encode("utf-8", "surrogatepass").decode("latin-1") for name, said in self.headers.items()}
        if "HTTP_COOKIE" in headers:
            held = "; ".join(f"{morsel.key}={morsel.coded_value}" for morsel in client.cookies.values())
            headers["HTTP_COOKIE"] = f"{held}; {headers['HTTP_COOKIE']}"
        body, kind = self._body()
        address = self.path + ("?" + _encoded(self.query) if self.query else "")
        return client.generic(self.method, address, body, **({"CONTENT_TYPE": kind} | headers))

    def _body(self) -> tuple[bytes, str]:
        if self.body is not None:
            return self.body, "application/x-www-form-urlencoded"
        if not self.files:
            return _encoded(self.fields).encode(), "application/x-www-form-urlencoded"
        lines = []
        for name, value in self.fields:
            lines += [
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode(*LOOSELY),
                value.encode(*LOOSELY),
                b"\r\n",
            ]
        for name, called, content in self.files:
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n\r\n'
            lines += [head.encode(*LOOSELY), content, b"\r\n"]
        return b"".join([*lines, f"--{BOUNDARY}--\r\n".encode()]), f"multipart/form-data; boundary={BOUNDARY}"


LOOSELY = ("utf-8", "surrogatepass")


def _encoded(pairs) -> str:
    return "&".join(f"{quote_plus(name.encode(*LOOSELY))}={quote_plus(value.encode(*LOOSELY))}" for name, value in pairs)


def keys_of_everything() -> list[str]:
    """A key of each kind of thing in the house, the newest two: what somebody may have kept, or read over a shoulder."""
    keys = [str(uuid.UUID(int=0)), "00000000-0000-4000-8000-000000000000"]
    for model in apps.get_models():
        if model._meta.app_label in ("agencies", "situations", "responses", "meetings", "reports") and model._meta.managed:
            keys += [str(key) for key in model._default_manager.order_by("-pk").values_list("pk", flat=True)[:2]]
    return keys


def doors(town) -> list[tuple[str, str]]:
    """Every address of the house with what it asks for, or, where the town has no such thing, with nobody's key: name and path."""
    found = []
    for name, wanted in sorted({(name, tuple(wanted)) for name, wanted in addresses()}):
        for given in arguments(name, list(wanted), town) or [_nobodys(name, wanted)]:
            found.append((name, reverse(name, args=given) if given is not None else "/nowhere/"))
    return found


def _nobodys(name, wanted):
    for guess in ("00000000-0000-4000-8000-000000000000", "nobodys", 1):
        given = [guess] * len(wanted)
        try:
            reverse(name, args=given)
        except NoReverseMatch:
            continue
        return given
    return None


KEY = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)\d+(?=/)|no-such-\w+|nobodys|(?<=entry/)[^/]+|(?<=vocabularies/)\w+(?=/)"
)


def addresses_with(draw, path: str, keys: list[str]) -> str:
    """The path, sometimes with another key in it than it asks for."""
    if not draw(some.integers(0, 2)):
        return path
    other = draw(some.one_of(some.sampled_from(keys), TEXTS))[:LINE]
    changed = KEY.sub(lambda _key: quote(other.encode(*LOOSELY), safe=""), path)
    return changed if changed.startswith("/") else path


def asked_anywhere(draw, *, places, keys) -> Asked:
    """Any address with any key, query, method and header, and any fields with it."""
    name, path = draw(some.sampled_from(places))
    pairs = some.tuples(some.one_of(some.sampled_from(NAMES), ANYTHING), some.one_of(TEXTS, some.sampled_from(keys)))
    method = draw(some.sampled_from(METHODS))
    fields = draw(some.lists(pairs, max_size=5)) if method == "POST" else []
    is_raw = method == "POST" and not draw(some.integers(0, 9))
    return Asked(
        name=name,
        method=method,
        path=addresses_with(draw, path, keys),
        query=[(name[:LINE], value[:LINE]) for name, value in draw(some.lists(pairs, max_size=4))],
        fields=fields,
        headers=some_headers(draw),
        body=draw(some.binary(max_size=200)) if is_raw else None,
    )


def some_headers(draw) -> dict[str, str]:
    if draw(some.booleans()):
        return {}
    names = draw(some.lists(some.sampled_from(sorted(HEADERS)), max_size=3, unique=True))
    return {name: draw(some.one_of(some.sampled_from(HEADERS[name]), TEXTS)) for name in names}


def asked_by_a_form(draw, form: Form, *, keys) -> Asked:
    """The form as somebody would fill it in who wants it taken, and then up to four things that are wrong with it."""
    typed = dict(form.ways())["willingly"]
    fields = [(name, value) for name, values in typed.items() for value in values] + [("form_token", str(uuid.uuid4()))]
    names = list(dict.fromkeys([asked["name"] for asked in form.fields if asked.get("name")])) or ["version"]
    files = []
    for name in names:
        if any(asked.get("type") == "file" and asked.get("name") == name for asked in form.fields):
            files.append((name, draw(some.sampled_from(FILE_NAMES)), draw(some.one_of(some.sampled_from(FILES), some.binary(max_size=99)))))
    for _wrong in range(draw(some.integers(0, 4))):
        name = draw(some.sampled_from(names))
        options = [each.get("value", "") for each in form.fields if each.get("name") == name]
        options += [option for each in form.fields if each.get("name") == name for option in each.get("options", [])]
        wrong = draw(some.sampled_from(["odd", "odd", "odd", "missing", "doubled", "another's", "offered", "unknown", "pressed"]))
        if wrong in ("odd", "missing", "another's", "offered"):
            fields = [(each, value) for each, value in fields if each != name]
        if wrong in ("odd", "doubled"):
            fields.append((name, draw(TEXTS)))
        elif wrong == "another's":
            fields.append((name, draw(some.sampled_from(keys))))
        elif wrong == "offered":
            fields.append((name, draw(some.sampled_from(options or [""]))))
        elif wrong == "unknown":
            fields.append((draw(some.one_of(some.sampled_from(NAMES), ANYTHING)), draw(TEXTS)))
        elif wrong == "pressed":
            buttons = [(each["name"], each.get("value", "")) for each in form.fields if each.get("type") == "submit" and each.get("name")]
            fields += [draw(some.sampled_from(buttons))] if buttons else []
    return Asked(name=form.name, method="POST", path=form.action.split("?")[0], fields=fields, files=files, headers=some_headers(draw))
