"""Our own labelled articles and sentences, how coding is scored on them, and the gate that keeps it from getting worse."""
