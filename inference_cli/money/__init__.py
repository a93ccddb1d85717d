"""What a call will cost, naming what has no price; the consent to spend it, and budgets."""
