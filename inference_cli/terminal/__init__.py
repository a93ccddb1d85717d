"""Everything a person or a script sees; the only package that imports rich or writes to a stream."""
