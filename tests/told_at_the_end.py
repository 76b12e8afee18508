"""What the long run of the fuzz and of the oracles measured, in a few lines at its end: ``make fuzz`` asks for it."""

import os
from collections import defaultdict

TOLD: dict[str, list] = defaultdict(list)  # by what is told, such as "slowest": each as the test handed it to ``record_property``


def pytest_runtest_logreport(report):
    if report.when == "call":
        for kind, what in report.user_properties:
            TOLD[kind].append(what)


def pytest_terminal_summary(terminalreporter):
    say = terminalreporter.write_line
    say(f"\nFUZZ_SEED={os.environ.get('FUZZ_SEED', '')} sends the same again.")
    if TOLD["requests"]:
        addresses, forms = ({name for each in TOLD[kind] for name in each} for kind in ("addresses", "forms"))
        say(f"{sum(TOLD['requests'])} requests to {len(addresses)} addresses, of {len(forms)} forms, in {len(TOLD['requests'])} houses.")
        floor = sorted(TOLD["floor"])[len(TOLD["floor"]) // 2]
        say(f"The slowest ten, by the processor; the floor of the same run takes {floor * 1000:.1f} ms:")
        for seconds, statements, name, method, status, part in sorted((each for ten in TOLD["slowest"] for each in ten), reverse=True)[:10]:
            say(f"  {seconds * 1000:6.0f} ms  {seconds / floor:5.1f}×  {statements:3} statements  {method} {name} {status} ({part})")
    if TOLD["time"]:
        say("Existing and not existing, in turn: medians in ms of processor and wall, the difference, and how likely by chance:")
        for line in TOLD["time"]:
            say(f"  {line}")
