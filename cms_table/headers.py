"""What every answer tells the browser: keep nothing, let nobody else in, ask nobody else; and who may ask at all."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed

METHODS = ["GET", "HEAD", "POST"]
# What is no page, such as a sheet or a calendar, can do nothing if a browser opens it as one after all.
NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
# The table uses the clipboard where a button says so, and asks for passkeys. Everything else that a browser could lend is refused.
REFUSED = "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope magnetometer microphone midi"
REFUSED += " payment picture-in-picture screen-wake-lock usb xr-spatial-tracking"
LENT = "clipboard-write publickey-credentials-create publickey-credentials-get"
PERMISSIONS = ", ".join([*(f"{each}=()" for each in REFUSED.split()), *(f"{each}=(self)" for each in LENT.split())])
SAID = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}


class HeadersMiddleware:
    """The outermost: what it says stands on every answer, also of an error, a redirect or a file.

    Nothing but the table's own files, which hold nothing of anyone, may be kept by a browser or by a proxy (ASVS V14.3.2).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, said in SAID.items():
            response.headers.setdefault(name, said)
        response.headers.setdefault("Cache-Control", "no-store")
        if not response.headers.get("Content-Type", "text/html").startswith("text/html"):
            response.headers["Content-Security-Policy"] = NO_PAGE
        return response


class FromElsewhereMiddleware:
    """Another site may lead a reader here by a link; it may not ask for anything behind their back, nor send a form (ASVS V3.5.8).

    Browsers say whence they ask in ``Sec-Fetch-Site``; a calendar programme says nothing and is let through.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") and not _follows_a_link(request):
            raise PermissionDenied
        return self.get_response(request)


def _follows_a_link(request) -> bool:
    asked = request.headers
    return request.method != "POST" and asked.get("Sec-Fetch-Mode") == "navigate" and asked.get("Sec-Fetch-Dest") == "document"
