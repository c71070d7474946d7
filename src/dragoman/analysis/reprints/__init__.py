"""Copies of one text under several names: exact ones, reprints in other furniture, lightly edited and cut ones."""

from dragoman.analysis.reprints.families import Copy, Family, Reprints, find_reprints, outlet_name

__all__ = ["Copy", "Family", "Reprints", "find_reprints", "outlet_name"]
