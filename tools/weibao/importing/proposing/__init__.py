"""A mapping proposed from a register itself: by the words of its header, and by what stands in its cells.

What is certain is written; what is open is a question, and a mapping that asks is previewed by nobody.
"""
