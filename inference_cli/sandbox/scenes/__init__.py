"""What can be painted: one module per kind of place, creature and weather."""
