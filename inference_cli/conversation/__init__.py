"""Chat without a terminal: turns, attachments, tools, schemas, the log."""
