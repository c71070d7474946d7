"""What can be wrong with a record, one file a kind of thing that is looked at; `doctor` puts them together."""
