"""What every command is made of: Click in the reader's language, the session, refusals, completion."""
