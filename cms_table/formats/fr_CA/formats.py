"""Days in words and hours of 24, as a Canadian reads them in French.

Django's own times leave the ``h`` unescaped and print the hour a second time: 14 02 05 for 14 h 05.
"""

DATE_FORMAT = "j\xa0F Y"  # 24 novembre 2026
TIME_FORMAT = "G\xa0\\h\xa0i"  # 14 h 05, 9 h 30
DATETIME_FORMAT = "j\xa0F Y à G\xa0\\h\xa0i"  # 24 novembre 2026 à 14 h 05
WEEKDAY_DATE_FORMAT = "l j\xa0F Y"  # mardi 24 novembre 2026
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j\xa0F"
SHORT_DATE_FORMAT = "j\xa0N Y"  # 24 nov. 2026
SHORT_DATETIME_FORMAT = "j\xa0N Y, G\xa0\\h\xa0i"
FIRST_DAY_OF_WEEK = 0

# The first of each is what a browser's own date and time fields send and want back.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d %B %Y", "%d/%m/%Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H h %M", "%Hh%M", "%H\xa0h\xa0%M"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
