from tests.cli.conftest import dragoman

__all__ = ["dragoman"]
