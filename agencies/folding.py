"""How words are compared and put in order: without accents or capitals, so that Écoles stands among the E."""

import unicodedata


def folded(text: str) -> str:
    """``text`` without accents, capitals and doubled spaces."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"))
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).casefold().split())
