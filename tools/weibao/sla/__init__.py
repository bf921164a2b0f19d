"""What was promised: calendars, clocks, verdicts, duty, planned work, stock, key figures."""
