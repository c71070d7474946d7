"""Events in the forms that other programs read."""

from dragoman.exchange.export import CSV_COLUMNS, export_events

__all__ = ["CSV_COLUMNS", "export_events"]
