"""The scenarios: every row of the targets, a function each."""
