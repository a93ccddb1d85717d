"""JSON values that fit a JSON Schema: built from the words of a prompt, and checked."""
