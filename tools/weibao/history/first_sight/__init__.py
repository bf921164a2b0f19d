"""What the forge saw first, and when."""
