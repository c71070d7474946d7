"""The verbs on ties over time: series, meetings, pledges, compare, blocs, unusual."""
