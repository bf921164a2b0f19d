"""What others have recorded comes here, and what was recorded here goes to them."""
