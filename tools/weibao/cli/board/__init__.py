"""The live board of ``weibao status --watch``."""
