"""What a house of the browser stories lives through by itself, in its own database: words under seal, a conclusion, a dump, forgetting.

Run as a module with the house's environment: ``live FOLDER`` puts two dumps there, made before and after; ``restore FOLDER`` brings the
older one back beside the house and opens it as a start does. Each says what it found, as one line of JSON.
"""

import json
import subprocess
import sys
from pathlib import Path

import django

PLACE = "zqplantedplace"  # stands in the open, so that whoever searches the disk can be seen to find
RESTORED = "brought_back"


def live(folder: Path) -> dict:
    from django.core.management import call_command

    from agencies.actor import also_between_transactions, for_the_table
    from agencies.models import SituationTable
    from situations.models import SealedText, Situation
    from tests import canaries, cast

    with also_between_transactions(), for_the_table("practice"):
        town = canaries.town_at("concluded", is_room_open=False, at=cast.SEALED_TABLE)
        SituationTable.objects.filter(pk=town.table.pk).update(place=PLACE)
        program("pg_dump", "--enable-row-security", "--no-owner", "--file", str(folder / "before.sql"))
        written = SealedText.objects.filter(situation=town.situation.pk).count()
        Situation.objects.filter(pk=town.situation.pk).update(ended_at="2020-01-01T00:00:00Z")
        call_command("tick", "--once")
        program("pg_dump", "--enable-row-security", "--no-owner", "--file", str(folder / "after.sql"))
        left = SealedText.objects.filter(situation=town.situation.pk).count()
    return {"situation": str(town.situation.pk), "written": written, "left": left}


def restore(folder: Path) -> dict:
    """The dump of before, in a database of its own; then what a start does before a page opens."""
    from django.conf import settings
    from django.db import connections

    from agencies.actor import also_between_transactions, for_the_table
    from cms_table.management.commands.serve import forget_again
    from situations.models import SealedText

    with connections["owner"].cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {RESTORED}")
    program("psql", "--quiet", "--no-psqlrc", "--file", str(folder / "before.sql"), database=RESTORED)
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = RESTORED
    with also_between_transactions(), for_the_table("practice"):
        found = SealedText.objects.count()
        forget_again()
        return {"found": found, "left": SealedText.objects.count()}


def program(name: str, *given: str, database: str = "") -> None:
    """One of Postgres' own programs, as the owner of the house's database."""
    from django.db import connection

    from cms_table.database.embedded import PORT, EmbeddedServer, find_binaries

    where = connection.settings_dict
    door = ["--host", str(EmbeddedServer(where["OPTIONS"]["embedded"]).socket_folder), "--port", str(PORT), "--username", "cms_owner"]
    command = [str(find_binaries() / name), *door, "--dbname", database or where["NAME"], *given]
    subprocess.run(command, check=True, timeout=120, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    django.setup()
    does = {"live": live, "restore": restore}[sys.argv[1]]
    print(json.dumps(does(Path(sys.argv[2]))))
