"""argv → call → show; the only package that imports typer."""
