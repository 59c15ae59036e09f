"""Pure: one person's invitation in, the bytes of a calendar message out."""
