"""The whole service on one machine with nothing installed: embedded servers and a fictional hospital."""
