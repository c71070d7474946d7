"""The version of Dragoman, which every coding carries."""

__version__ = "0.1.0"
