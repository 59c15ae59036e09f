"""A network of two invented hospitals: its people, three boards and forty cases. The content is our own writing."""

from tumorboard.demo.hospital.seed import seed_if_empty

__all__ = ["seed_if_empty"]
