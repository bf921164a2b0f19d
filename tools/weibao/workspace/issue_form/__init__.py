"""Issue forms: what somebody wrote on a phone into a forge's form, made a record or answered."""
