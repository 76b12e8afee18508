"""What stands in the way, said in a sentence; and the one line with which a view bars its door."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


def require(condition: bool) -> None:
    """Bar the door (403) unless the policy allows the act."""
    if not condition:
        raise PermissionDenied


class Refused(Exception):
    """An act that cannot be carried out now; its text is a sentence that the reader can be shown."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


class OutOfOrder(Refused):
    """An act that does not follow the stage at which the thing stands."""


@dataclass
class Difference:
    """One field of a form that somebody else has changed meanwhile."""

    label: str
    yours: str
    theirs: str


class Stale(Exception):
    """Somebody saved the same thing after this form was opened: both are shown, nothing is overwritten. ``version``: of what stands now."""

    def __init__(self, *, differences: list[Difference], version: int | None = None, back: str = ""):
        super().__init__("stale")
        self.differences = differences
        self.version = version
        self.back = back
