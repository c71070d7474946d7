"""The record for assistants: an MCP server that answers from it with citations, and changes nothing.

A question goes from `server` to a tool (`finding`, `ties`, `who`), which asks the desk that `shelf` keeps; what is
found becomes an answer (`answers`) with its citations (`citing`), cut to pages (`paging`).
"""
