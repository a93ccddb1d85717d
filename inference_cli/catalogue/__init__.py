"""Models and their parameters: typed and checked by the model's schema, common flags in its own names."""
