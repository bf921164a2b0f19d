"""What a command was not given, asked for where somebody can answer."""
