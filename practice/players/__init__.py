"""The invented town plays its season at its tables, through the lifecycles and nothing else, up to this very moment."""

from practice.players.play import SEED, YEAR, play

__all__ = ["SEED", "YEAR", "play"]
