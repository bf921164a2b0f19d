"""Results in sentences, in the reader's language: what several views say alike."""
