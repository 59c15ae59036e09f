"""A network of two invented hospitals: its people, four boards and forty-eight cases. All is our own writing.

Nothing is imported here: what starts the demo asks for its people alone, and has no use for the whole domain.
"""
