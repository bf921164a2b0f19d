"""The log of what a remote had first, kept on a ref of its own."""
