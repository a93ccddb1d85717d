"""What `inference doctor` looks at, a module per subject; every check only looks, and changes nothing."""
