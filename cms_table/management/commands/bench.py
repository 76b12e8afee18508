"""Measure the busiest pages under the shipped server, beside a plain Django page in the same run."""

import json
import os
import shutil
import signal
import statistics
import time
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_table.bench import bringing, coach, line, report, wall
from cms_table.bench.readers import Measured, Reader, measure
from cms_table.bench.servers import House
from cms_table.bench.starts import times_of_the_two_commands
from cms_table.database.embedded import EmbeddedServer
from cms_table.management.commands.serve import WORKERS, open_doors, start_worker
from cms_table.processes import Processes

SITUATIONS = [2_500, 60_000]
ROUNDS = 5


class Command(BaseCommand):
    help = "Measure the busiest pages over played seasons of several sizes, and the time of the two commands; print a report in Markdown."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--situations", type=int, nargs="+", default=SITUATIONS, help="how many situations the table holds, once for each run"
        )
        parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each page is measured; 3 or more say something")
        parser.add_argument("--only-pages", action="store_true", help="leave out the time of the two commands")
        parser.add_argument("--only-starts", action="store_true", help="measure the two commands alone")
        parser.add_argument("--only-intake", action="store_true", help="count keys and pages of bringing a situation alone")
        parser.add_argument("--code", type=Path, help="for --only-intake: the folder of another version of this project, to compare with")
        parser.add_argument("--coach", action="store_true", help="measure the checker of “why now” alone, in seconds")
        parser.add_argument("--set-the-scene", action="store_true", help="for the bench itself: open a meeting, print the pages")
        parser.add_argument("--serve-the-floor", type=int, metavar="PORT", help="for the bench itself: serve the plain page")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["serve_the_floor"]:
            return serve_the_floor(options["serve_the_floor"])
        if options["set_the_scene"]:
            from cms_table.bench import scene  # noqa: PLC0415 it loads the invented town, which no other run of this command needs

            return self.stdout.write(json.dumps(scene.set_the_scene()))
        if options["coach"]:
            return self.say(f"\n### The coach of “why now”\n\n{coach.report()}\n")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            self.run(options)
        except RuntimeError as error:
            raise CommandError(str(error)) from None
        return None

    def run(self, options: dict[str, Any]) -> None:
        if options["only_intake"] or not (options["only_pages"] or options["only_starts"]):
            self.say(f"\n### A situation is brought, by keyboard alone\n\n{bringing.report(bringing.bring_one(options['code']))}\n")
        if options["only_intake"]:
            return
        if not options["only_starts"]:
            runs = self.pages(sorted(options["situations"]), rounds=options["rounds"])
            if len(runs) > 1:
                self.say(f"\n### Larger against smaller\n\n{report.growth(runs[0], runs[-1])}\n")
        if not options["only_pages"]:
            first, second = times_of_the_two_commands(Path(settings.BASE_DIR))
            self.say(f"\n### The two commands\n\n{report.starts(first, second)}\n")
        if not (options["only_starts"] or options["only_pages"]):
            self.say(f"\n### The coach of “why now”\n\n{coach.report()}\n")

    def pages(self, sizes: list[int], *, rounds: int) -> list[list[Measured]]:
        """Play a season once, fill the table to each size, and measure; each size's report is printed as soon as it is there."""
        var = settings.VAR / "bench"
        house = House(var)
        house.close()  # what a bench that was killed left behind
        shutil.rmtree(var, ignore_errors=True)
        try:
            house.order("practice")
            return [self.over(house, situations, rounds=rounds) for situations in sizes]
        finally:
            house.close()
            shutil.rmtree(var, ignore_errors=True)

    def over(self, house: House, situations: int, *, rounds: int) -> list[Measured]:
        house.order("simulate", "--situations", str(situations))
        load = os.getloadavg()[0]
        with house.open():
            scene = house.scene()
            postgres = postgres_of(house.var)
            measured, floor = in_rounds(house, scene, rounds)
            compare_walls(house, scene, rounds, measured)
            lines = line.measure(house, scene)
        self.say(f"\n### {scene['situations']:,} situations, {scene['of_the_table']:,} of them at the table that is read\n\n")
        self.say(f"{report.machine(postgres)}. {rounds} rounds; load of the machine before: {load:.1f}.\n\n")
        self.say(f"{report.table(measured, floor)}\n\n{report.wall(measured)}\n\n{line.report(lines)}\n")
        return measured

    def say(self, text: str) -> None:
        self.stdout.write(text, ending="")
        self.stdout.flush()


def in_rounds(house: House, scene: dict[str, Any], rounds: int) -> tuple[list[Measured], Measured]:
    """Every page once a round, the floor at both ends of each; so that what slows the machine slows both."""
    pages = [Measured(page["name"], page["reader"], page["most"]) for page in scene["pages"]]
    readers = [Reader(port=house.port, path=page["path"], session=page["session"]) for page in scene["pages"]]
    floor = Measured("The floor: a plain Django page", "representative", 1)
    floor_reader = Reader(port=house.floor_port, **scene["floor"])
    for _ in range(rounds):
        at_first = measure(floor_reader, server=house.floor_workers, database=house.database)
        served = [measure(reader, server=house.workers, database=house.database) for reader in readers]
        at_last = measure(floor_reader, server=house.floor_workers, database=house.database)
        cost = statistics.mean([at_first.cpu, at_last.cpu])
        for end in (at_first, at_last):
            floor.add(end, floor=cost)
        for page, each in zip(pages, served, strict=True):
            page.add(each, floor=cost)
    for page, reader in zip([*pages, floor], [*readers, floor_reader], strict=True):
        page.kilobytes = reader.size / 1000
        reader.close()
    return pages, floor


def compare_walls(house: House, scene: dict[str, Any], rounds: int, pages: list[Measured]) -> None:
    """Every page once a round behind the second wall and once without it, side by side; which comes first changes with the round."""
    readers = [Reader(port=house.port, path=page["path"], session=page["session"]) for page in scene["pages"]]
    for number in range(rounds):
        for page, reader in zip(pages, readers, strict=True):
            first = measure(reader, server=house.workers, database=house.database) if number % 2 else None
            with wall.is_down(house.var, "practice"):
                without = measure(reader, server=house.workers, database=house.database)
            page.compare(first or measure(reader, server=house.workers, database=house.database), without)
    for reader in readers:
        reader.close()


def postgres_of(var: Path) -> str:
    connection = EmbeddedServer(var / "postgres").connect()
    try:
        return f"{connection.server_version // 10000}.{connection.server_version % 10000}"
    except psycopg2.Error:
        return "unknown"
    finally:
        connection.close()


def serve_the_floor(port: int) -> None:
    """The plain page by the launcher's own workers; until it is told to stop."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    processes, doors = Processes(settings.VAR), open_doors(port)
    workers = [start_worker(doors) for _ in range(WORKERS)]
    for worker in workers:
        processes.record("floor-worker", int(worker.pid or 0))
    try:
        while all(worker.is_alive() for worker in workers):
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    finally:
        processes.end("floor-worker")
