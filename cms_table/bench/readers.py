"""The load: one reader after another opens a page again and again, on this machine only, and stops by itself."""

import http.client
import statistics
import time
from dataclasses import dataclass, field

import psutil

CONNECTIONS = 2
WARM_UP = 8  # requests on each page before anything counts
BLOCK_SECONDS = 2.0  # how long a page is read in one round, at least ``FEWEST`` times and at most ``MOST``
FEWEST, MOST = 40, 400


@dataclass
class Served:
    """What one block of requests cost: CPU in milliseconds a request, of the pages' server and of Postgres; each one's time in ms."""

    cpu: float
    database: float
    times: list[float]

    @property
    def whole(self) -> float:
        """CPU of both, pages' server and Postgres, in milliseconds a request."""
        return self.cpu + self.database


@dataclass
class Measured:
    """One page over all rounds."""

    name: str
    reader: str
    most: float
    kilobytes: float = 0
    cpu: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)

    def add(self, served: Served, *, floor: float) -> None:
        self.cpu.append(served.cpu)
        self.database.append(served.database)
        self.ratios.append(served.cpu / floor)
        self.times += served.times

    def compare(self, behind: Served, without: Served) -> None:
        """What the second wall cost in one round: the page behind it, as a multiple of itself without it."""
        self.walls.append(behind.whole / without.whole)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1]


class Reader:
    """A signed-in browser that keeps its connections open, as a browser does."""

    def __init__(self, *, port: int, path: str, session: str) -> None:
        self.path = path
        self.headers = {"Host": f"localhost:{port}", "Cookie": f"table_session={session}; django_language=en-ca"}
        self.lines = [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for _ in range(CONNECTIONS)]
        self.size = 0

    def read(self, number: int) -> float:
        """Open the page once; how long that took, in milliseconds. Raises ``RuntimeError`` unless it is the page itself."""
        line = self.lines[number % CONNECTIONS]
        began = time.perf_counter()
        line.request("GET", self.path, headers=self.headers)
        answer = line.getresponse()
        body = answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != http.client.OK:
            raise RuntimeError(f"{self.path} answered {answer.status} {answer.headers.get('Location', '')}")
        self.size = len(body)
        return took

    def close(self) -> None:
        for line in self.lines:
            line.close()


def measure(reader: Reader, *, server: list[psutil.Process], database: psutil.Process) -> Served:
    """Open one page for ``BLOCK_SECONDS``; what it cost."""
    reader.close()  # the server has let go of connections that were idle; they open anew by themselves
    for number in range(WARM_UP):
        reader.read(number)
    before, before_of_database = cpu_of(server), cpu_of(database.children())
    began = time.monotonic()
    times: list[float] = []
    while len(times) < FEWEST or (time.monotonic() - began < BLOCK_SECONDS and len(times) < MOST):
        times.append(reader.read(len(times)))
    spent, spent_in_database = cpu_of(server) - before, cpu_of(database.children()) - before_of_database
    return Served(cpu=spent / len(times), database=max(spent_in_database, 0) / len(times), times=times)


def cpu_of(processes: list[psutil.Process]) -> float:
    """The CPU that these processes have used so far, in milliseconds."""
    spent = 0.0
    for process in processes:
        try:
            used = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        spent += (used.user + used.system) * 1000
    return spent
