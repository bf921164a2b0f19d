"""One entry or one new record: judged, written whole, committed."""
