"""Reads a sentence about a situation and marks what could tell the room who it is about.

The short "why now" is heard by everyone at the table before the table has decided anything, so it must not say who
the person is. This checker goes by rules: it reads English and French together, whichever language the page is in,
since people here mix them in one sentence. It marks, explains and suggests; it never changes a text and never blocks
one. When it cannot run it raises ``CannotCheck``: the form must say so, because silence would look like a clean text.

What it cannot do: a story that a small town recognises, a rare job, a first name in lower case that is not in its
lists. How much it finds and how often it is wrong stands in ``docs/benchmarks.md``.

How it reads:

1. every letter becomes its plain form (``É`` is ``E``, curly quotes are straight), with a way back to where it stood,
   so that accents left out and accents typed as two characters are read alike (``reading``);
2. patterns and known phrases propose spans; the longest wins, the rest keeps what is left of it (``spans``);
3. outside those spans, a capital letter where none is needed is taken for a name (``names``);
4. each mark gets other words in its place, in the language asked for (``suggestions``).

Deliberately left alone: a weekday, a month or a year alone ("since Friday", "in March"), the vocabulary's age groups
("12–17 years", "60 ans et plus"), a situation's number ("2026-031"), and the agencies' own names.
"""

from situations.deidentification.checking import marks
from situations.deidentification.kinds import EXPLANATIONS, LONGEST_TEXT, CannotCheck, Kind, Mark

__all__ = ["EXPLANATIONS", "LONGEST_TEXT", "CannotCheck", "Kind", "Mark", "marks"]
