"""What is remembered between two commands, so that the daily ones need not read ten years for one ticket."""
