"""Two people who change the same thing never overwrite each other without a word."""

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.access import Difference, Stale


def refuse_stale(row, *, version: int | None, changes: dict) -> None:
    """Raise ``Stale`` with both versions when ``row`` (locked) was saved since ``version`` and now says something else."""
    if version is None or version == row.version:
        return
    differences = [
        Difference(
            label=capfirst(str(row._meta.get_field(name).verbose_name)), yours=in_words(row, name, value), theirs=in_words(row, name, now)
        )
        for name, value in changes.items()
        if (now := getattr(row, name)) != value
    ]
    if differences:
        raise Stale(differences=differences, version=row.version)


def in_words(row, name: str, value) -> str:
    """A field's value as a reader is shown it."""
    field = row._meta.get_field(name)
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name == "weekdays":
        return ", ".join(str(WEEKDAYS[day]) for day in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if name == field.attname != field.name:  # a key of another row: show what it names
        return str(field.related_model.objects.filter(pk=value).first() or value)
    return str(value)
