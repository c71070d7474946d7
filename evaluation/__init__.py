"""Our own labelled articles, how coding is scored on them, and the gate."""
