"""What holds for every test: machines may be slow, and a law is no less true for it."""

from hypothesis import settings

settings.register_profile("weibao", deadline=None)
settings.load_profile("weibao")
