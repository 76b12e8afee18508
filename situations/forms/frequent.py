"""Which kinds of risk are frequent, by published shares: never by counting what other agencies bring.

Shares of all risk factors at Kenora's table RISK, May 2020 to May 2021, as the Canadian Mental Health Association, Kenora
Branch, published them: mental health 14 %, criminal involvement 11, drugs 10, alcohol 9, housing 9, antisocial or negative
behaviour 8, negative peers 6. https://cmhak.on.ca/index.php/latest-news-and-events/kenora-s-risk-crisis-intervention-program-continues-to-support-families-youth-in-the-community
"""

import csv
from pathlib import Path

with (Path(__file__).parent / "frequent.csv").open(encoding="utf-8", newline="") as _file:
    # how the codes of each category begin, the most frequent first
    CATEGORIES: tuple[str, ...] = tuple(row["category"] for row in csv.DictReader(_file))
