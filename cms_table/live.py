"""The live line: a browser is told at once that something changed at its table, and that its sign-in has ended.

A stream is asked for like a page, by the same rules: who may not open the meeting gets no stream. What it tells is a count
or a word, never a datum; each browser then fetches what its reader may see. The database tells every process, so that
processes and machines stay in step with no other service. Where no stream arrives, a browser asks instead (``changes``).

One process keeps one connection that listens, and as many streams as there are open pages; nothing is kept between them.
"""

import asyncio
import contextlib
import hashlib
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import psycopg2
from django.db import connections

from meetings.live import TOLD

log = logging.getLogger(__name__)
ADDRESSES = ("/live/", "/wall/live/")  # of a member's pages; of a wall where nobody is signed in
PING = 15  # seconds: a line that says nothing for longer is broken, for the browser and for whatever stands between
ASKED_AGAIN = 300  # seconds, more or less: then a stream asks again whether it is open to its reader; whoever signs out is told at once
LATER = 2.0  # seconds until the database is tried again
TO_THE_SERVER = ("x-live-table", "x-live-session", "x-live-beat")  # what the page tells this module, and no browser

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


@dataclass(eq=False)
class Stream:
    """One open page: at which table, by which sign-in, and what it has to be told."""

    table: str
    session: str
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    beat: str = ""
    has_ended: bool = False

    def tell(self, beat: str) -> None:
        """Something changed; of several changes the last one counts."""
        self.beat = beat
        self.waiting.set()

    def end(self) -> None:
        """The sign-in is gone."""
        self.has_ended = True
        self.waiting.set()


class Switchboard:
    """All streams of this process, and the one connection that listens for them."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.beats: dict[str, str] = {}  # the last one that each table told, while this process listened
        self.connection: Any = None
        self.connecting: asyncio.Task[None] | None = None
        self.is_closed = False

    def join(self, stream: Stream) -> None:
        self.streams.add(stream)
        if self.connection is None and self.connecting is None:
            self.connecting = asyncio.get_running_loop().create_task(self._connect())

    def leave(self, stream: Stream) -> None:
        self.streams.discard(stream)

    def close(self) -> None:
        """The server ends: every stream ends now, and the browsers find another process."""
        self.is_closed = True
        for stream in self.streams:
            stream.waiting.set()

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        while self.connection is None:
            try:
                self.connection = await loop.run_in_executor(None, _listening)
            except psycopg2.OperationalError:
                await asyncio.sleep(LATER)
        loop.add_reader(self.connection.fileno(), self._hear)
        self.connecting = None
        for stream in self.streams:
            stream.tell(stream.beat)  # what was told while nobody listened was missed: everybody looks

    def _hear(self) -> None:
        try:
            self.connection.poll()
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            self._lose()
            return
        while self.connection.notifies:
            told = self.connection.notifies.pop(0)
            if told.channel == TOLD:
                table, _space, beat = told.payload.partition(" ")
                self.beats[table] = beat
                for stream in self.streams:
                    if stream.table == table:
                        stream.tell(beat)
            else:
                for stream in self.streams:
                    if stream.session == told.payload:
                        stream.end()

    def _lose(self) -> None:
        """The database went away: it is tried until it is back."""
        loop = asyncio.get_running_loop()
        loop.remove_reader(self.connection.fileno())
        with contextlib.suppress(psycopg2.Error):
            self.connection.close()
        self.connection, self.beats = None, {}
        self.connecting = loop.create_task(self._connect())


def _listening() -> Any:
    """A connection of its own that listens on both channels; outside of Django's, which belong to requests."""
    given = connections["default"].get_connection_params()
    known = ("dbname", "user", "host", "port", "password", "sslmode", "sslrootcert")
    connection = psycopg2.connect(**{name: given[name] for name in known if given.get(name)}, connect_timeout=5, application_name="live")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("LISTEN table_changed")
        cursor.execute("LISTEN sign_in_ended")
    return connection


switchboard = Switchboard()


def digest(session_key: str) -> str:
    """What the database tells of a session's key (agencies, migration 0014)."""
    return hashlib.sha256(session_key.encode()).hexdigest()


class Live:
    """The pages, and beside them the streams: what is asked for as a stream is first asked of the pages, by their rules."""

    def __init__(self, pages: App) -> None:
        self.pages = pages

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in ADDRESSES and scope["method"] == "GET" and _wants_a_stream(scope):
            await self._stream(scope, receive, send)
        else:
            await self.pages(scope, receive, send)

    async def _stream(self, scope: Message, receive: Receive, send: Send) -> None:
        status, headers, body = await self._asked(scope)
        told = dict(headers)
        if status != 200:
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return
        stream = Stream(told[b"x-live-table"].decode(), digest(told[b"x-live-session"].decode()))
        seen = parse_qs(scope["query_string"].decode()).get("seen", [""])[0]
        switchboard.join(stream)
        gone = asyncio.create_task(_hangs_up(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": [*_kept(headers), *STREAMED]})
            beat = switchboard.beats.get(stream.table, told[b"x-live-beat"].decode())  # also what was told since the pages answered
            if beat != seen:
                stream.tell(beat)
            await self._tell(scope, stream, send, gone)
        finally:
            switchboard.leave(stream)
            gone.cancel()

    async def _tell(self, scope: Message, stream: Stream, send: Send, gone: asyncio.Task[None]) -> None:
        """Until the browser hangs up, the sign-in ends or the server does."""
        loop = asyncio.get_running_loop()
        ask_at = loop.time() + ASKED_AGAIN - secrets.randbelow(ASKED_AGAIN // 5)  # so that not all ask in the same second
        while not (gone.done() or switchboard.is_closed):
            waiting = asyncio.ensure_future(stream.waiting.wait())
            await asyncio.wait({waiting, gone}, timeout=PING, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if gone.done() or switchboard.is_closed:
                break
            is_told, beat = stream.waiting.is_set(), stream.beat
            stream.waiting.clear()
            if not stream.has_ended and loop.time() > ask_at:
                status, _headers, _body = await self._asked(scope)
                stream.has_ended = status in (302, 401, 403, 404)
                ask_at = loop.time() + ASKED_AGAIN
            if stream.has_ended:
                await send({"type": "http.response.body", "body": b"event: ended\ndata: .\n\n", "more_body": False})
                return
            said = f"event: changed\ndata: {beat}\n\n" if is_told else ": here\n\n"
            await send({"type": "http.response.body", "body": said.encode(), "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _asked(self, scope: Message) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """What the pages answer to the same request: they know who asks, and what is open to them."""
        started: Message = {}
        parts: list[bytes] = []

        async def nothing() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def catch(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                parts.append(message.get("body", b""))

        await self.pages(scope, nothing, catch)
        return started["status"], list(started["headers"]), b"".join(parts)


STREAMED = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]


def _wants_a_stream(scope: Message) -> bool:
    return any(name == b"accept" and b"text/event-stream" in said for name, said in scope["headers"])


def _kept(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers that every answer of the table has, without those that are this module's own."""
    ours = {each.encode() for each in TO_THE_SERVER} | {b"content-type", b"content-length"}
    return [(name, said) for name, said in headers if name not in ours]


async def _hangs_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
