"""Multidisciplinary tumor boards: from a submitted case to the meeting everybody knows about."""
