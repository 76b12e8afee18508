"""Days in words and hours of 24, as a Canadian reads them in English."""

DATE_FORMAT = "F j, Y"  # November 24, 2026
TIME_FORMAT = "H:i"  # 14:05
DATETIME_FORMAT = r"F j, Y \a\t H:i"  # November 24, 2026 at 14:05
WEEKDAY_DATE_FORMAT = "l, F j, Y"  # Tuesday, November 24, 2026
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "F j"
SHORT_DATE_FORMAT = "M j, Y"  # Nov 24, 2026
SHORT_DATETIME_FORMAT = "M j, Y, H:i"
FIRST_DAY_OF_WEEK = 0

# The first of each is what a browser's own date and time fields send and want back.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%I:%M %p"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
