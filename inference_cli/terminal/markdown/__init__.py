"""Markdown as it arrives, turned into lines for a terminal."""
