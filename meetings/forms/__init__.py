"""What is asked around a meeting; each form offers only what this table, this meeting and this member may choose."""
