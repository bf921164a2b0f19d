"""The forge: its comments and its approvals."""
