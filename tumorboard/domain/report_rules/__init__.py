"""The rules by which a pasted report is read, one file for each noun. Pure; ``domain.report_reading`` is the way in.

Every rule is a table of plain regular expressions. No repetition in them is without a bound, so that a text of any
kind is read in time that grows with its length.
"""
