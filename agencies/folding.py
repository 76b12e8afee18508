"""How words are compared and put in order: without accents or capitals, so that Écoles stands among the E."""

import unicodedata

from django.db.models import CharField, Func

ACCENTED = "àáâãäåāçćèéêëēìíîïīñńòóôõöōùúûüūýÿÀÁÂÃÄÅĀÇĆÈÉÊËĒÌÍÎÏĪÑŃÒÓÔÕÖŌÙÚÛÜŪÝŸ"
PLAIN = "aaaaaaacceeeeeiiiiinnoooooouuuuuyyaaaaaaacceeeeeiiiiinnoooooouuuuuyy"


def folded(text: str) -> str:
    """``text`` without accents, capitals and doubled spaces."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"))
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).casefold().split())


class Folded(Func):
    """The same in the database, to put rows in order: its own order is that of bytes, in which É comes after Z."""

    template = f"replace(replace(translate(lower(%(expressions)s), '{ACCENTED}', '{PLAIN}'), 'œ', 'oe'), 'Œ', 'oe')"
    output_field = CharField()
