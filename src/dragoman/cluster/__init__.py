"""The same coder on many machines: articles are read and coded by a Ray cluster, and one driver writes the record."""

from dragoman.cluster.coding import Job, code_on_cluster
from dragoman.cluster.connecting import connected

__all__ = ["Job", "code_on_cluster", "connected"]
