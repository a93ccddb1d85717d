"""Chat completions: read, looked at, answered by rules, streamed and paid."""
