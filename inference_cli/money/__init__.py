"""What a call will cost, naming what has no price, and the consent to spend it."""
