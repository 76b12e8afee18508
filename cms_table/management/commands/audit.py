"""Ask whether a weakness is known of any package that the table runs on; say plainly when nobody can be asked from here."""

import json
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

ASKED = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
UNREACHED = "The advisories could not be reached from here, so nothing is known: run `make audit` where the internet can be reached."


class Command(BaseCommand):
    help = "Ask for known weaknesses of the pinned packages (requirements.txt)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        pinned = str(settings.BASE_DIR / "requirements.txt")
        words = [sys.executable, "-m", "pip_audit", "--requirement", pinned, *ASKED]
        asked = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
        sentences, status = told(asked.stdout)
        self.stdout.write("\n".join(sentences))
        sys.exit(status)


def told(answer: str) -> tuple[list[str], int]:
    """What the answer says, in sentences, and the exit status: 0 for nothing known, 1 for a weakness, 2 when nobody could be asked."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return [UNREACHED], 2
    weak = [each for each in packages if each.get("vulns")]
    if not weak:
        return [f"No weakness is known of the {len(packages)} packages."], 0
    return [_of(package, found) for package in weak for found in package["vulns"]], 1


def _of(package: dict, found: dict) -> str:
    mended = ", ".join(found["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']}: {found['id']}, mended in {mended}."
