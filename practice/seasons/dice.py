"""The dice of a season."""

import random
from collections.abc import Mapping, Sequence


class Dice:
    """Rolls from one seed, the same on every machine: nothing here depends on the order of a set."""

    def __init__(self, seed: int):
        self._random = random.Random(seed)

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def one_of(self, things: Sequence):
        return things[int(self._random.random() * len(things))]

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, weights: Mapping):
        """One key of the weights, in their proportion."""
        point = self._random.random() * sum(weights.values())
        for key, weight in weights.items():
            point -= weight
            if point < 0:
                return key
        return key

    def several(self, weights: Mapping, count: int) -> list:
        """Up to ``count`` different keys, in the order of the draw; keys without weight are never drawn."""
        left = {key: weight for key, weight in weights.items() if weight > 0}
        drawn = []
        while left and len(drawn) < count:
            key = self.pick(left)
            del left[key]
            drawn.append(key)
        return drawn

    def around(self, median: float, spread: float) -> float:
        """A positive number, half of them below ``median``, with a long tail (log-normal)."""
        return median * self._random.lognormvariate(0, spread)

    def skewed(self, mean: float, deviation: float) -> float:
        """A positive number of this mean and standard deviation, leaning to the left (gamma)."""
        shape = (mean / deviation) ** 2
        return self._random.gammavariate(shape, mean / shape)
