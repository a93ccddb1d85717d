"""Every system call of a submit and of a download killed or failed, one at a time (faults E8, D18, D19)."""
