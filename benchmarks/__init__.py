"""Figures as ratios inside one run, since machines differ and drift: ``make bench``. Nothing here is a test."""
