"""Pure: a letter in, a mail out. Workers send it, previews show it."""
