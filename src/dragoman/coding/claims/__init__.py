"""Who says so: the step that finds claims, and what later steps ask of them."""

from dragoman.coding.claims.chain import ClaimIndex, chain_for, claim_containing
from dragoman.coding.claims.step import Claims

__all__ = ["ClaimIndex", "Claims", "chain_for", "claim_containing"]
