"""Rules on a set of files: what shows once they are held against each other (R3xx, Lxxx, X21x)."""
