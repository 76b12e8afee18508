"""What no code of the house does, whoever wrote it: each line keeps a whole kind of attack out (docs/asvs.csv names them)."""

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
FLOORS = ["agencies", "situations", "responses", "meetings", "reports", "practice", "cms_table"]
CODE = sorted(path for floor in FLOORS for path in (HOUSE / floor).rglob("*.py"))
SCRIPTS = sorted((HOUSE / "static" / "js").glob("*.js"))
# What runs at the console and never for a page: the start, the embedded Postgres, the bench, the playing of a town.
AT_THE_CONSOLE = ("cms_table/management/", "cms_table/database/", "cms_table/bench/", "cms_table/bootstrap.py", "cms_table/processes.py")
AT_THE_CONSOLE += ("practice/", "cms_table/obstacles.py")


def name_of(path) -> str:
    return path.relative_to(HOUSE).as_posix()


def of_pages():
    return [path for path in CODE if not name_of(path).startswith(AT_THE_CONSOLE)]


def calls(paths):
    """Every call: the file, the dotted name of what is called, and the call itself."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                yield name_of(path), ast.unparse(node.func), node


def imports(paths):
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from ((name_of(path), each.name) for each in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield name_of(path), node.module or ""


def put_together(node) -> bool:
    """Whether a text is made at that place of parts that are not written there."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod) or put_together(node.left) or put_together(node.right)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


def test_no_text_is_run_as_code():
    running = {"eval", "exec", "compile", "__import__"}
    templates = [(path, call) for path, called, call in calls(CODE) if called == "Template" or called.endswith(".from_string")]

    assert [(path, called) for path, called, _call in calls(CODE) if called in running] == []
    assert [path for path, call in templates if not isinstance(call.args[0], ast.Constant)] == []  # what it says is written there


def test_no_page_starts_a_program():
    starting = re.compile(r"^(subprocess|multiprocessing|pty)\b|^os\.(system|popen|exec|spawn|fork)")

    assert [(path, name) for path, name in imports(of_pages()) if starting.match(name)] == []
    assert [(path, called) for path, called, _call in calls(of_pages()) if starting.match(called)] == []


def test_no_data_are_read_as_programs():
    assert [
        (path, name) for path, name in imports(CODE) if name.split(".")[0] in {"pickle", "marshal", "shelve", "dill", "jsonpickle"}
    ] == []
    assert [(path, called) for path, called, _call in calls(CODE) if called in {"yaml.load", "yaml.unsafe_load", "yaml.full_load"}] == []


def test_no_question_to_the_database_is_put_together_from_what_somebody_typed():
    asking = re.compile(r"(\.(execute|executemany|raw|extra)|\bRawSQL)$")
    loose = [(path, ast.unparse(call)) for path, called, call in calls(of_pages()) if asking.search(called) and put_together(call.args[0])]

    assert loose == []


def test_no_pattern_is_made_of_what_somebody_typed():
    made = {
        path
        for path, called, call in calls(of_pages())
        if re.match(r"re\.\w+$", called) and call.args and put_together(call.args[0]) and "re.escape" not in ast.unparse(call.args[0])
    }

    own_lists = {path for path in made if path.startswith("situations/deidentification/")}
    assert made - own_lists == {"cms_table/french.py", "cms_table/typed.py"}  # of words that stand in the code


def test_no_page_asks_another_server():
    asking = re.compile(r"^(requests|httpx|aiohttp|urllib3|urllib\.request|http\.client|ftplib|smtplib|telnetlib|socket)\b")

    found = [(path, name) for path, name in imports(of_pages()) if asking.match(name)]
    assert found == [("cms_table/agency_sign_in.py", "requests")]  # an agency's own provider, where an installation names one


def test_no_page_reads_xml_of_its_own():
    assert [(path, name) for path, name in imports(CODE) if re.match(r"(lxml|xml|defusedxml)\b", name)] == []


def test_no_hash_is_weak():
    assert [(path, called) for path, called, _call in calls(CODE) if re.search(r"\b(md5|sha1)$", called)] == []


def test_what_must_not_be_guessed_comes_from_the_systems_own_chance():
    assert [(path, name) for path, name in imports(of_pages()) if name == "random"] == []


def test_no_certificate_goes_unchecked():
    loose = re.compile(r"verify\s*=\s*False|CERT_NONE|_create_unverified|check_hostname\s*=\s*False")

    assert [name_of(path) for path in CODE if loose.search(path.read_text())] == []


def test_every_form_says_which_fields_it_takes():
    forms = [path for path in CODE if "forms" in name_of(path)]

    assert [
        name_of(path) for path in CODE if "__all__" in path.read_text() and "fields" in path.read_text().split("__all__")[0][-30:]
    ] == []
    assert [name_of(path) for path in forms if re.search(r"exclude\s*=\s*[\[(]", path.read_text())] == []


def test_two_addresses_alone_take_a_form_without_its_guard():
    exempt = [name_of(path) for path in CODE for _each in re.findall(r"^@csrf_exempt", path.read_text(), flags=re.MULTILINE)]

    assert exempt == ["cms_table/pages.py", "cms_table/pages.py"]  # what is only sealed, and what is only shown


def test_what_is_logged_is_handed_over_and_not_put_together():
    logged = [
        (path, ast.unparse(call)) for path, called, call in calls(of_pages()) if re.search(r"log(ger|ging)?\.\w+$", called) and call.args
    ]

    assert [each for each in logged if put_together(ast.parse(each[1], mode="eval").body.args[0])] == []


def test_no_answer_opens_the_house_to_other_sites():
    assert [name_of(path) for path in CODE if re.search(r"Access-Control-|corsheaders|jsonp", path.read_text(), re.IGNORECASE)] == []


# In the browser ---------------------------------------------------------------------------------------------------

IN_NO_SCRIPT = {
    "text becomes a page": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\bsrcdoc\b",
    "text becomes code": r"\beval\(|new Function|setTimeout\(\s*[\"'`]|javascript:",
    "something stays in the browser": r"localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\.|serviceWorker",
    "another window is spoken to": r"window\.(open|parent|opener)|addEventListener\(\s*[\"']message|\.postMessage\([^)]*,",
    "objects are mixed with what came in": r"__proto__|\.constructor\[|prototype\[|Object\.assign\(\s*\{\}\s*,\s*JSON",
    "another host is named": r"https?://(?!www\.w3\.org)",
}


@pytest.mark.parametrize("what", IN_NO_SCRIPT)
def test_no_script_does_this(what):
    found = {name_of(path): re.findall(IN_NO_SCRIPT[what], path.read_text()) for path in SCRIPTS}

    assert {name: each for name, each in found.items() if each} == {}


def test_two_scripts_read_the_servers_own_answer_as_a_page_under_the_one_policy():
    said = {name_of(path): path.read_text() for path in SCRIPTS}

    assert [name for name, text in said.items() if "parseFromString" in text] == ["static/js/keeper.js", "static/js/live.js"]
    policies = [name for name, text in said.items() if "createPolicy" in text]
    assert policies == ["static/js/table.js", "static/js/wall.js"]  # the wall is a page of its own, with its own script alone


def test_no_template_names_another_host():
    templates = sorted((HOUSE / "templates").rglob("*.html"))
    named = {name_of(path): re.findall(r"(?:src|action)=\"(?:https?:)?//[^\"]*", path.read_text()) for path in templates}

    assert {name: each for name, each in named.items() if each} == {}


@pytest.mark.parametrize(
    ("planted", "is_noticed"),
    [
        ('cursor.execute(f"SELECT {word}")', True),
        ('cursor.execute("SELECT %s" % word)', True),
        ('cursor.execute("SELECT {}".format(word))', True),
        ('cursor.execute("SELECT " + word + f"{word}")', True),
        ('cursor.execute("SELECT %s", [word])', False),
    ],
)
def test_what_is_planted_in_code_is_noticed(planted, is_noticed):
    call = ast.parse(planted, mode="eval").body

    assert put_together(call.args[0]) == is_noticed
