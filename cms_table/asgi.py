"""The one entry of the server: Django's pages, as WSGI in two threads, and beside them the live line, which waits without a thread.

Django's own ASGI handler loses more than half of the pages a second that synchronous views can serve
(a thread for each piece of middleware), and its short-lived threads leave database connections behind.
"""

from a2wsgi import WSGIMiddleware

from .live import Live
from .wsgi import application as pages

application = Live(WSGIMiddleware(pages, workers=2))  # type: ignore[arg-type]  # the two describe WSGI in different words
