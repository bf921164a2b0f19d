"""Times as people say them, in Chinese and in English, and the one instant that each of them means."""
