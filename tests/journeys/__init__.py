"""People's ways through the whole running service: real processes, real mail, a real browser."""
