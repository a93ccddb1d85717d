"""argv → call → show; the only package that imports typer."""

from inference_cli.cli.spare import spared

with spared():
    import typer as typer  # here, before any module of this package imports it whole
