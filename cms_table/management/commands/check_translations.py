import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms_table.french import begin_with_an_accent, means_some_only, written_wrongly, wrong_with_french

LOCALE = "fr_CA"
LEFT_OUT = ["var/*", ".venv/*", "tests/*", "node_modules/*", "static/vendor/*"]
ENGLISH_GLOSSARY, GLOSSARY = Path("glossary.md"), Path("fr") / "glossaire.md"  # within the documents
WRITTEN_FROM_THE_CODE = {"data-dictionary.md"}
# In French none is singular, so the first form says how many. Where nothing is said of none, it may say "one" in a word.
NEVER_NONE = {
    "One thing is owed.": "stands only where something is owed",
    "The time of one has passed.": "stands only where something is late",
    "The minutes of %(count)d meeting wait for approval": "stands only where some wait",
    "Steps of %(count)d response are overdue": "stands only where some are",
    "%(count)d agency’s signature on the agreement is missing or has run out": "stands only where one is",
    "%(people)s, from one agency.": "stands only where an agency is here",
    "The law asks to keep the words of %(holds)s situation longer.": "stands only where something is held",
}
PLURALS = "nplurals=2; plural=(n > 1);"  # none is singular: « 0 situation »
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(%[sd])|</?(\w+)|\{(\w+)\}")
TAGS = re.compile(r"<[^>]+>")


SOURCES = ("agencies", "situations", "responses", "meetings", "reports", "practice", "cms_table", "templates")


def copied(into: Path) -> None:
    """The code and the templates in a folder of their own, where extracting leaves nothing behind."""
    for source in SOURCES:
        shutil.copytree(Path(settings.BASE_DIR) / source, into / source, ignore=shutil.ignore_patterns("__pycache__"))
    (into / "locale" / LOCALE / "LC_MESSAGES").mkdir(parents=True)


def extract(into: Path, *, is_located: bool = False) -> polib.POFile:
    """The strings that the code and the templates say now, read by xgettext; ``is_located``: with the files that say them."""
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "-l",
        LOCALE,
        "--no-wrap",
        *(["--add-location", "file"] if is_located else ["--no-location"]),
        "--no-obsolete",
        "--verbosity",
        "0",
    ]
    for pattern in LEFT_OUT:
        command += ["--ignore", pattern]
    subprocess.run(command, cwd=into, check=True, stdin=subprocess.DEVNULL)  # noqa: S603  our own words
    return polib.pofile(str(into / "locale" / LOCALE / "LC_MESSAGES" / "django.po"))


def wrong_with(entry) -> str:
    """What is wrong with one translation, in a few words; empty when nothing is."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        return "is marked as uncertain"
    if not all(texts):
        return "is not translated"
    said = {name for text in (entry.msgid, entry.msgid_plural) for name in PLACEHOLDER.findall(text or "")}
    for text in (text.replace("{h}", "{hh}") for text in texts):  # an hour: French writes 9 h 05, English 09:05
        if not set(PLACEHOLDER.findall(text)) <= said or (len(texts) == 1 and {*PLACEHOLDER.findall(text)} != said):
            return "has other placeholders or tags"
        if len(texts) == 1 and sorted(TAGS.findall(text)) != sorted(TAGS.findall(entry.msgid)):
            return "has other placeholders or tags"
    if entry.msgid_plural and entry.msgid not in NEVER_NONE and not _counts(entry.msgid_plural) <= _counts(texts[0]):
        return "says no number where there can be none"
    return ""


def _counts(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", text))


def refused_words(glossary: str) -> list[tuple[str, str, list[str]]]:
    """What the glossary refuses: each word, the one that is ours, and the English words beside which it may stand."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in glossary.splitlines() if line.startswith("|")]
    return [
        (word, ours, [english.strip() for english in unless.split(",") if english.strip()])
        for _english, ours, refused, unless in rows[2:]
        for word in map(str.strip, refused.split(","))
    ]


def refused_in(text: str, english: str, refused: list[tuple[str, str, list[str]]]) -> str:
    """What the glossary says of a French text, in a few words; empty when it refuses none of its words."""
    said = re.sub(r"%\(\w+\)[sd]", "", text).replace("\xa0", " ")
    for word, ours, unless in refused:
        allowed = any(each.lower() in english.lower() for each in unless)
        if not allowed and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said, re.IGNORECASE):
            return f"says « {word} » for « {ours} »"
    return ""


def problems_of(catalogue: polib.POFile, said: polib.POFile) -> Iterator[str]:
    """What is missing from the catalogue, or wrong in it: entries, placeholders, signs, people left out."""
    known, spoken = ({(entry.msgctxt, entry.msgid) for entry in each} for each in (catalogue, said))
    yield from (f"{entry.msgid!r} is not in the catalogue" for entry in said if (entry.msgctxt, entry.msgid) not in known)
    for entry in catalogue:
        if wrong := wrong_with(entry):
            yield f"{entry.msgid!r} {wrong}"
        if not entry.obsolete and (entry.msgctxt, entry.msgid) not in spoken:
            yield f"{entry.msgid!r} is no longer said"
    if catalogue.metadata.get("Plural-Forms") != PLURALS:
        yield "the catalogue counts otherwise than French does: none and one are singular"
    accented = begin_with_an_accent(text for entry in catalogue for text in _french(entry))
    for entry in catalogue:
        english = [text for text in (entry.msgid, entry.msgid_plural) if text]
        for place, text in enumerate(_french(entry)):
            if text and (wrong := wrong_with_french(text, english[min(place, len(english) - 1)], accented)):
                yield f"{entry.msgid!r} {wrong}"


def words_refused(catalogue: polib.POFile, docs: Path) -> Iterator[str]:
    """Where the catalogue or a page of the documents says a word that the glossary of its language refuses."""
    english, french = (refused_words((docs / page).read_text()) for page in (ENGLISH_GLOSSARY, GLOSSARY))
    for entry in catalogue:
        sides = [(text, english) for text in (entry.msgid, entry.msgid_plural)] + [(text, french) for text in _french(entry)]
        for text, refused in sides:
            if text and (wrong := refused_in(text, entry.msgid, refused)):
                yield f"{entry.msgid!r} {wrong}"
            if "!" in text:
                yield f"{entry.msgid!r} calls out: a page is calm"
    for glossary, refused in ((ENGLISH_GLOSSARY, english), (GLOSSARY, french)):
        always = [each for each in refused if not each[2]]  # a page has no English beside it
        for page in sorted((docs / glossary).parent.glob("*.md")):
            if page.name in (glossary.name, *WRITTEN_FROM_THE_CODE):
                continue
            for number, line in prose_of(page.read_text()):
                wrong = refused_in(line, "", always) or (glossary == GLOSSARY and (written_wrongly(line) or means_some_only(line)))
                if wrong:
                    yield f"{page.name}, line {number}, {wrong}"


def prose_of(page: str) -> Iterator[tuple[int, str]]:
    """The numbered lines of a page of the documents, without code, addresses and the frame of a table."""
    is_code = False
    for number, line in enumerate(page.splitlines(), start=1):
        if line.startswith("```"):
            is_code = not is_code
        elif not is_code:
            yield number, re.sub(r"`[^`]*`|\]\([^)]*\)", "…", line).strip(" |>")


def _french(entry) -> list[str]:
    return [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]


class Command(BaseCommand):
    """Nothing that the table says is left in one language only, or said in it otherwise than the glossaries and the rules of French."""

    help = "Check that every string of the code and the templates stands in French. With --write, bring new strings into the catalogue."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="bring new strings into the catalogue, and take out those no longer said")

    def handle(self, *args, write, **options):
        if shutil.which("xgettext") is None:
            raise CommandError("xgettext is not here: install the package gettext, then try again.")
        kept = Path(settings.BASE_DIR) / "locale" / LOCALE / "LC_MESSAGES" / "django.po"
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            copied(copy)
            if kept.exists():
                shutil.copy(kept, copy / "locale" / LOCALE / "LC_MESSAGES")
            said = extract(copy)
        if write:
            kept.parent.mkdir(parents=True, exist_ok=True)
            said.save(str(kept))
        catalogue = polib.pofile(str(kept)) if kept.exists() else polib.POFile()
        problems = [*problems_of(catalogue, said), *words_refused(catalogue, Path(settings.BASE_DIR) / "docs")]
        for problem in problems[:40]:
            self.stderr.write(problem)
        if problems:
            raise CommandError(
                f"{len(problems)} strings are not equal in English and French. `manage.py check_translations --write` brings new ones in."
            )
        self.stdout.write(f"{len(catalogue)} strings stand in English and French.")
