"""How staff may type dates and times: as Americans write them, or as ISO. What fits none of these is an error at its field."""

_DATES = (
    "%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%m-%d-%Y", "%m.%d.%Y", "%b %d, %Y", "%b %d %Y", "%b. %d, %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y",
    "%d %B %Y", "%A, %B %d, %Y", "%a, %b %d, %Y",
)  # fmt: skip
_TIMES = ("%I:%M %p", "%I:%M%p", "%I %p", "%I%p", "%H:%M", "%H:%M:%S")

DATE_INPUT_FORMATS = [*_DATES]
TIME_INPUT_FORMATS = [*_TIMES, "%H:%M:%S.%f"]
DATETIME_INPUT_FORMATS = [
    *(f"{date}{between}{time}" for date in _DATES for between in (" ", ", ", " at ") for time in _TIMES),
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S.%f",
    *_DATES,
]
