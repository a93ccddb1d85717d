"""The conversation on a terminal: the line editor, the turns and the slash commands connected."""
