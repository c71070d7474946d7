"""What holds for all tests: property tests have no time limit an example, since CI machines have other work too."""

from hypothesis import settings

settings.register_profile("dragoman", deadline=None)
settings.load_profile("dragoman")
