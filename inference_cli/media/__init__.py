"""Local files: kind by content, dimensions, duration, data URLs; containers verified."""
