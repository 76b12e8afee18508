import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

LOCALE = "fr_CA"
LEFT_OUT = ["var/*", ".venv/*", "tests/*", "node_modules/*", "static/vendor/*"]
GLOSSARY = Path("docs") / "fr" / "glossaire.md"
# In French none is singular, so the first form says how many. Where nothing is said of none, it may say "one" in a word.
NEVER_NONE = {
    "One thing is owed.": "stands only where something is owed",
    "The time of one has passed.": "stands only where something is late",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|</?(\w+)")


def extract(into: Path) -> polib.POFile:
    """The strings that the code and the templates say now, read by xgettext into a folder of their own."""
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "-l",
        LOCALE,
        "--no-wrap",
        "--no-location",
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
    for text in texts:
        if not set(PLACEHOLDER.findall(text)) <= said or (len(texts) == 1 and {*PLACEHOLDER.findall(text)} != said):
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
    for word, ours, unless in refused:
        allowed = any(each.lower() in english.lower() for each in unless)
        if not allowed and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text.replace("\xa0", " "), re.IGNORECASE):
            return f"says « {word} » for « {ours} »"
    return ""


class Command(BaseCommand):
    """Nothing that the table says is left in one language only."""

    help = "Check that every string of the code and the templates stands in French. With --write, bring new strings into the catalogue."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="bring new strings into the catalogue, and take out those no longer said")

    def handle(self, *args, write, **options):
        if shutil.which("xgettext") is None:
            raise CommandError("xgettext is not here: install the package gettext, then try again.")
        kept = Path(settings.BASE_DIR) / "locale" / LOCALE / "LC_MESSAGES" / "django.po"
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            for source in ("agencies", "situations", "responses", "meetings", "reports", "practice", "cms_table", "templates"):
                shutil.copytree(Path(settings.BASE_DIR) / source, copy / source, ignore=shutil.ignore_patterns("__pycache__"))
            (copy / "locale" / LOCALE / "LC_MESSAGES").mkdir(parents=True)
            if kept.exists():
                shutil.copy(kept, copy / "locale" / LOCALE / "LC_MESSAGES")
            said = extract(copy)
        if write:
            kept.parent.mkdir(parents=True, exist_ok=True)
            said.save(str(kept))
        catalogue = polib.pofile(str(kept)) if kept.exists() else polib.POFile()
        known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
        problems = [f"{entry.msgid!r} is not in the catalogue" for entry in said if (entry.msgctxt, entry.msgid) not in known]
        problems += [f"{entry.msgid!r} {wrong}" for entry in catalogue if (wrong := wrong_with(entry))]
        refused = refused_words((Path(settings.BASE_DIR) / GLOSSARY).read_text())
        always_refused = [each for each in refused if not each[2]]  # a page has no English beside it
        problems += [
            f"{entry.msgid!r} {wrong}"
            for entry in catalogue
            for text in (entry.msgstr, *entry.msgstr_plural.values())
            if (wrong := refused_in(text, entry.msgid, refused))
        ]
        problems += [
            f"{page.name}, line {number}, {wrong}"
            for page in sorted((Path(settings.BASE_DIR) / GLOSSARY).parent.glob("*.md"))
            if page.name != GLOSSARY.name
            for number, line in enumerate(page.read_text().splitlines(), start=1)
            if (wrong := refused_in(line, "", always_refused))
        ]
        spoken = {(entry.msgctxt, entry.msgid) for entry in said}
        problems += [
            f"{entry.msgid!r} is no longer said" for entry in catalogue if not entry.obsolete and (entry.msgctxt, entry.msgid) not in spoken
        ]
        for problem in problems[:40]:
            self.stderr.write(problem)
        if problems:
            raise CommandError(
                f"{len(problems)} strings are not equal in English and French. `manage.py check_translations --write` brings new ones in."
            )
        self.stdout.write(f"{len(catalogue)} strings stand in English and French.")
