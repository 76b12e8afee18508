import shutil
import tempfile
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms_table import plain_language
from cms_table.management.commands.check_translations import LOCALE, copied, extract


def by_group() -> dict[str, list[tuple[str, str]]]:
    """The messages of each group of readers, in English and French; those without French yet are left out."""
    if shutil.which("xgettext") is None:
        raise CommandError("xgettext is not here: install the package gettext, then try again.")
    kept = polib.pofile(str(Path(settings.BASE_DIR) / "locale" / LOCALE / "LC_MESSAGES" / "django.po"))
    french = {(entry.msgctxt, entry.msgid): entry.msgstr_plural.get(1, entry.msgstr) for entry in kept}
    with tempfile.TemporaryDirectory() as folder:
        copied(Path(folder))
        said = extract(Path(folder), is_located=True)
    groups: dict[str, list[tuple[str, str]]] = {group: [] for group in plain_language.GROUPS}
    for entry in said:
        if translated := french.get((entry.msgctxt, entry.msgid)):
            group = plain_language.group_of(place for place, _line in entry.occurrences)
            groups[group].append((entry.msgid_plural or entry.msgid, translated))
    return groups


class Command(BaseCommand):
    """How plainly the table speaks, by group of readers."""

    help = "Measure how plainly the table speaks in English and French. With --long, name the sentences of more than 25 words."

    def add_arguments(self, parser):
        parser.add_argument("--long", action="store_true", help="name the sentences of more than 25 words")

    def handle(self, *args, long, **options):
        self.stdout.write(
            "| who reads it | sentences | words each, English | grade, English | words each, French | ease, French | over 25 |"
        )
        self.stdout.write("|---|---|---|---|---|---|---|")
        groups = by_group()
        for name, messages in [*groups.items(), ("all", [pair for pairs in groups.values() for pair in pairs])]:
            english = plain_language.english(pair[0] for pair in messages)
            french = plain_language.french(pair[1] for pair in messages)
            numbers = [english.sentences, english.words_each, english.level, french.words_each, french.level]
            over = f"{len(english.longest)} and {len(french.longest)}"
            self.stdout.write(f"| {name} | {' | '.join(map(str, numbers))} | {over} |")
            for sentence in (english.longest + french.longest) if long and name != "all" else []:
                self.stdout.write(f"    {sentence}")
