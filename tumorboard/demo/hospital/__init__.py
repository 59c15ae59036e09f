"""A network of two invented hospitals: its people, four boards and forty-eight cases. All is our own writing."""

from tumorboard.demo.hospital.seed import seed_if_empty

__all__ = ["seed_if_empty"]
