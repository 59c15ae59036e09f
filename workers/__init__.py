"""Background: turns notices into mail. Truth lives in the database; a task may run twice, at once, or die anywhere."""
