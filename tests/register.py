"""The register of requirements (docs/asvs.csv), and whether the tests that it names were run and passed.

A whole run fails when one of them did not pass; a run of a few files is not asked.
"""

import ast
import csv
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
HOUSE = TESTS.parent
REGISTER = HOUSE / "docs" / "asvs.csv"
GUIDE = HOUSE / "docs" / "administrators.md"
OUTCOMES: dict[str, set[str]] = {}


def rows() -> list[dict]:
    """The lines of the register: id, level, applies, mechanism, test, reason."""
    with REGISTER.open(newline="") as register:
        return list(csv.DictReader(register))


def proofs(row) -> list[str]:
    """What a line names: tests as ``file::name``, ``document path``, or ``installation number``."""
    return [each for each in row["test"].split("; ") if each]


def there_are() -> set[str]:
    """Every test of the house, as the register names it."""
    return {
        f"{path.relative_to(TESTS).as_posix()}::{node.name}"
        for path in TESTS.rglob("test_*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def is_there(proof: str, tests: set[str]) -> bool:
    """Whether the test, the document or the place in the administrators' guide exists."""
    kind, _space, what = proof.partition(" ")
    if kind == "document":
        return (HOUSE / what).exists()
    if kind == "installation":
        part = GUIDE.read_text().partition("## What only your installation can show")[2].partition("\n## ")[0]
        return re.search(rf"^{what}\. \*\*", part, flags=re.MULTILINE) is not None
    return proof in tests


def not_passed(outcomes: dict[str, set[str]]) -> list[str]:
    """The tests of the register that did not run, or of which not every part passed."""
    named = {proof for row in rows() for proof in proofs(row) if "::" in proof}
    return sorted(proof for proof in named if outcomes.get(proof) != {"passed"})


# 1. What pytest is asked to tell (tests/conftest.py takes these in) ------------------------------------------------
def pytest_runtest_logreport(report):
    name = report.nodeid.split("[")[0].removeprefix("tests/")
    if report.when == "call" or report.outcome != "passed":
        OUTCOMES.setdefault(name, set()).add(report.outcome)


def pytest_sessionfinish(session, exitstatus):
    config = session.config
    is_part = config.args_source.name != "TESTPATHS" or any(config.getoption(each, None) for each in ("keyword", "markexpr", "deselect"))
    if is_part or hasattr(config, "workerinput") or config.option.collectonly:
        return
    if unproven := not_passed(OUTCOMES):
        told = config.pluginmanager.get_plugin("terminalreporter")
        told.write_line("\nThe register of requirements names tests that did not pass in this run:\n  " + "\n  ".join(unproven), red=True)
        session.exitstatus = 1
