"""What a model may call: built-in tools, the user's functions and commands, servers of the Model Context Protocol."""
