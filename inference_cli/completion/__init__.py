"""What TAB offers: scripts that know commands and flags by themselves, answers for the rest; the man page."""
