"""The load on the live line: many open pages, one change after another, and how long each takes to arrive; beside them, a page."""

import asyncio
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from cms_table.bench.readers import FEWEST, Reader, cpu_of
from cms_table.bench.servers import PATIENCE, House
from cms_table.database.embedded import EmbeddedServer

STREAMS = (50, 500)
CHANGES = 20  # in each run, one a quarter of a second
BETWEEN = 0.25
SETTLES = 3.0  # seconds until what the opening told is over
CHANGE = "UPDATE meetings_meeting SET version = version WHERE id = %s"  # any act: its trigger counts and tells
COUNTED = "SELECT count FROM meetings_beat WHERE table_id = (SELECT table_id FROM meetings_meeting WHERE id = %s)"


@dataclass
class Line:
    """What a number of streams measured: when each heard of each change, the page beside them, what they cost and hold."""

    streams: int
    heard: list[float] = field(default_factory=list)  # milliseconds from the commit to one browser's line
    last: list[float] = field(default_factory=list)  # the same to the last of all
    alone: list[float] = field(default_factory=list)  # the page without streams, in milliseconds
    beside: list[float] = field(default_factory=list)
    cpu: float = 0.0  # milliseconds of the workers for one change to one browser
    megabytes: float = 0.0  # of the workers, more than before the streams
    missed: int = 0


class Stream:
    """One browser's line, held open; ``heard`` are the counts that it was told, each with its moment."""

    def __init__(self, port: int, path: str, session: str) -> None:
        self.port, self.path, self.session = port, path, session
        self.heard: list[tuple[int, float]] = []
        self.opened = asyncio.Event()

    async def hold(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        headers = f"Host: localhost:{self.port}\r\nCookie: table_session={self.session}\r\nAccept: text/event-stream\r\n"
        writer.write(f"GET {self.path} HTTP/1.1\r\n{headers}\r\n".encode())
        await writer.drain()
        if b" 200 " not in await reader.readline():
            raise RuntimeError(f"{self.path} gave no stream.")
        self.opened.set()
        try:
            while line := await reader.readline():
                if line.startswith(b"data: ") and line[6:].strip().isdigit():
                    self.heard.append((int(line[6:]), time.perf_counter()))
        finally:
            writer.close()

    def heard_of(self, count: int) -> float | None:
        """When it knew of a change: it was told its count, or that of a later one."""
        return next((moment for told, moment in self.heard if told >= count), None)


def measure(house: House, scene: dict) -> list[Line]:
    """One line of the report for each number of streams, over a house that is open."""
    member = next(page for page in scene["pages"] if page["name"] == "A member at the table")
    meeting = member["path"].split("/")[2]
    return [asyncio.run(_run(house, member, meeting, streams)) for streams in STREAMS]


async def _run(house: House, page: dict, meeting: str, streams: int) -> Line:
    found = Line(streams)
    reader = Reader(port=house.port, path=page["path"], session=page["session"])
    found.alone = await asyncio.to_thread(_times, reader)
    memory = _memory(house)
    lines = [Stream(house.port, f"/live/?meeting={meeting}", page["session"]) for _ in range(streams)]
    held = [asyncio.create_task(line.hold()) for line in lines]
    await asyncio.wait_for(asyncio.gather(*(line.opened.wait() for line in lines)), PATIENCE)
    await asyncio.sleep(SETTLES)
    found.megabytes = _memory(house) - memory
    before = cpu_of(house.workers)
    changes = await _change(house.var, meeting, streams)
    found.cpu = (cpu_of(house.workers) - before) / (streams * CHANGES)
    for count, at in changes:
        heard = [line.heard_of(count) for line in lines]
        arrived = [(moment - at) * 1000 for moment in heard if moment is not None]
        found.heard += arrived
        found.missed += streams - len(arrived)
        if arrived:
            found.last.append(max(arrived))
    found.beside = await asyncio.to_thread(_times, reader)
    for task in held:
        task.cancel()
    await asyncio.gather(*held, return_exceptions=True)
    reader.close()
    return found


async def _change(var: Path, meeting: str, streams: int) -> list[tuple[int, float]]:
    """The changes, one after another: each one's count, and the moment of its commit."""
    connection = EmbeddedServer(var / "postgres").connect(database="practice")
    changes = []
    try:
        for _number in range(CHANGES):
            with connection.cursor() as cursor:
                cursor.execute(CHANGE, [meeting])  # the connection commits each statement
                at = time.perf_counter()
                cursor.execute(COUNTED, [meeting])
                changes.append((cursor.fetchone()[0], at))
            await asyncio.sleep(BETWEEN + streams / 1000)
        await asyncio.sleep(SETTLES)
    finally:
        connection.close()
    return changes


def _times(reader: Reader) -> list[float]:
    reader.close()  # the server has let go of connections that were idle; they open anew by themselves
    return [reader.read(number) for number in range(FEWEST)]


def _memory(house: House) -> float:
    return sum(worker.memory_info().rss for worker in house.workers) / 1e6


def report(lines: list[Line]) -> str:
    """What the live line does on this machine, as Markdown; medians and the spread."""
    rows = [
        "| Streams | Heard, ms: median, p99 | By the last, ms: median, p95 | Not heard | CPU, ms each | Memory, MB more |"
        " Page alone, ms | Page beside, ms | × |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for each in lines:
        heard, last = statistics.quantiles(each.heard, n=100), statistics.quantiles(each.last, n=20)
        alone, beside = statistics.median(each.alone), statistics.median(each.beside)
        rows.append(
            f"| {each.streams} | {statistics.median(each.heard):.1f}, {heard[-1]:.1f} | {statistics.median(each.last):.1f}, {last[-1]:.1f}"
            f" | {each.missed} | {each.cpu:.3f} | {each.megabytes:.1f} | {alone:.1f} | {beside:.1f} | {beside / alone:.2f} |"
        )
    return "\n".join(rows)
