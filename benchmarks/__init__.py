"""What is measured against whom: every figure is a ratio to a floor, taken in the same run."""
