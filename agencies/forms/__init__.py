"""What the ground floor asks; each form offers only what this member may choose, and writes nothing."""
