"""The house proves its own walls: a situation at each stage in which every datum names itself, and who finds which of them where.

The tests prove the house with it; at a practice copy its administrators prove their table's settings (docs/decisions/0028).
"""
