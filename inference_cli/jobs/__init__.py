"""Paid work, followed from the intent to the file on disk; no terminal here, only updates."""
