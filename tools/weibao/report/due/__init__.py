"""What is due: one list, which the terminal, the board, the JSON and the site show parts of."""
