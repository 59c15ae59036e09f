"""A half-year of series in eight zones, for calendars that nobody here wrote: ``make judge``."""
