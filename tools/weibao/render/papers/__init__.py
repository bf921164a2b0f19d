"""The papers that both sides sign: what each holds, in words, and the formats that they are written in."""
