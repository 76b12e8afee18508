"""Plants one fault after the other in a copy of the house, and runs the test that is to catch it: ``make faults``.

Each is a thing that comparable systems got wrong. A fault that its test lets pass makes the run fail.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".mypy_cache", ".ruff_cache")


@dataclass(frozen=True)
class Fault:
    """What is written instead of what, in which file; and the test that notices."""

    name: str
    file: str
    right: str
    wrong: str
    caught_by: str


FAULTS = [
    Fault(
        "an unfiltered queryset: a policy that lets every row through",
        "situations/migrations/0004_the_second_wall.py",
        "ON situations_situation TO cms_web USING (\n    (SELECT is_work_of_the_table())",
        "ON situations_situation TO cms_web USING (\n    true OR (SELECT is_work_of_the_table())",
        "tests/test_second_wall.py -k forgets_to_ask",
    ),
    Fault(
        "a forgotten field: one that nobody classified",
        "situations/models/situation.py",
        "    version = models.PositiveIntegerField(default=1)\n",
        '    version = models.PositiveIntegerField(default=1)\n    remark = models.CharField(max_length=40, default="")\n',
        "tests/test_data_dictionary.py",
    ),
    Fault(
        "a leaking mail: one that names the agency",
        "cms_table/mail.py",
        'if mail.moment else ""}\n',
        'if mail.moment else ""} + f" {mail.recipient.agency}"\n',
        "tests/test_visibility_matrix.py -k mail_holds",
    ),
    Fault(
        "a cached page",
        "cms_table/headers.py",
        'response.headers.setdefault("Cache-Control", "no-store")',
        'response.headers.setdefault("Cache-Control", "private")',
        "tests/test_headers.py",
    ),
    Fault(
        "a missing policy",
        "responses/migrations/0002_the_second_wall.py",
        '    "responses_step",\n',
        "",
        "tests/test_second_wall.py -k walled_for_its_owner",
    ),
    Fault(
        "an export without the scope",
        "situations/looks.py",
        ".brought_by(member.agency)",
        "",
        "tests/situations/test_looks.py",
    ),
    Fault(
        "a history page that asks for no right of its own",
        "situations/views/lists.py",
        "reach(request, pk, Act.READ_LOOKS)",
        "reach(request, pk, Act.STEP_OUT)",
        "tests/situations/test_looks.py tests/test_visibility_matrix.py tests/situations/test_lists.py",
    ),
    Fault(
        "an autocomplete that offers what others chose",
        "situations/lately.py",
        'situation_id=OuterRef("pk"), by_id=by.pk, act=',
        'situation_id=OuterRef("pk"), act=',
        "tests/situations/test_lately.py",
    ),
    Fault(
        "a wrong end of a right",
        "meetings/lifecycle/room.py",
        "by=by, ends_at=item.meeting.ends_at)",
        "by=by, ends_at=None)",
        "tests/test_second_wall.py -k room_closes",
    ),
    Fault(
        "a logged value",
        "cms_table/logs.py",
        "_named(arg) if isinstance(arg, BaseException) else arg for arg",
        "arg for arg",
        "tests/test_logs.py",
    ),
    Fault(
        "an oracle: a forgotten password that asks more where the address is known",
        "cms_table/sign_in.py",
        "        outbox.post_to_address(",
        "        from agencies.models import Member\n\n"
        "        if Member.objects.filter(email=self.cleaned_data['email']).exists():\n"
        "            outbox.post_to_address(",
        "tests/test_oracles.py -k forgot_a_password",
    ),
]


def planted(fault: Fault, house: Path) -> None:
    """The copy with the fault in it. Raises ``ValueError`` where what is right does not stand there any more."""
    path = house / fault.file
    text = path.read_text()
    if fault.right not in text:
        raise ValueError(f"{fault.file} does not say so any more: {fault.right!r}")
    path.write_text(text.replace(fault.right, fault.wrong, 1))


def is_caught(fault: Fault) -> bool:
    """Whether the test fails where the fault stands."""
    with tempfile.TemporaryDirectory() as folder:
        house = Path(folder) / "house"
        shutil.copytree(HOUSE, house, ignore=LEFT_OUT)
        planted(fault, house)
        ran = told(fault.caught_by, house)
        return ran.returncode == 1 and "failed" in ran.stdout


def told(tests: str, house: Path) -> subprocess.CompletedProcess[str]:
    """What the tests say of a copy."""
    command = [sys.executable, "-m", "pytest", *tests.split(), "-q", "-x"]
    surroundings = os.environ | {"TABLE_VAR": f"{house.parent}/var"}
    return subprocess.run(command, cwd=house, env=surroundings, capture_output=True, text=True, check=False)


def fails_without_a_fault(tests: str) -> bool:
    """Whether the tests fail in a copy in which nothing is planted: then they catch nothing."""
    with tempfile.TemporaryDirectory() as folder:
        house = Path(folder) / "house"
        shutil.copytree(HOUSE, house, ignore=LEFT_OUT)
        return told(tests, house).returncode != 0


if __name__ == "__main__":
    broken = [tests for tests in dict.fromkeys(fault.caught_by for fault in FAULTS) if fails_without_a_fault(tests)]
    if broken:
        sys.exit("\n".join(["These fail without a fault, and so would catch none:", *broken]))
    passed = [fault.name for fault in FAULTS if not is_caught(fault)]
    print(f"{len(FAULTS) - len(passed)} of {len(FAULTS)} planted faults were caught.", *passed, sep="\n")
    sys.exit(bool(passed))
