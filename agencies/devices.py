"""On what somebody is signed in, in two words: enough to know one's own telephone again, too little to tell two alike apart."""

from django.utils.translation import gettext as _

# The first that fits counts: nearly every browser also calls itself by an older one's name.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
]


def device_of(user_agent: str) -> str:
    """Browser and system as ``Firefox/Windows``; either side may be empty."""
    browser, system = (next((name for sign, name in known if sign in user_agent), "") for known in (BROWSERS, SYSTEMS))
    return f"{browser}/{system}"


def device_in_words(device: str) -> str:
    """How a page names the device, in the language of the moment."""
    browser, _slash, system = device.partition("/")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A device that does not say what it is")
