"""News from the network: which sources there are, how they are asked, what of them was fetched already."""
