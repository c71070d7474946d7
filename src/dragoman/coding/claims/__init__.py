from dragoman.coding.claims.step import Claims
__all__=["Claims"]
