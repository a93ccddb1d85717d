"""The scripts that a shell loads to complete commands and flags; on TAB they start no process."""
