"""What goes on beside the tickets: duty, planned work, stock, people, intake, the ladder."""
