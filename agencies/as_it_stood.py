"""How a row stood before an act, kept as plain values, so that it can be put back when the act is undone."""

from datetime import datetime
from typing import Any
from uuid import UUID


def as_it_stands(row, *fields: str) -> dict[str, Any]:
    """The values of these fields by name, as JSON can hold them; moments to the microsecond."""
    return {name: _plain(getattr(row, row._meta.get_field(name).attname)) for name in fields}


def put_back(row, stood: dict[str, Any]) -> None:
    """The row's fields are as ``stood`` says; it is not saved yet."""
    for name, value in stood.items():
        field = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))


def _plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
