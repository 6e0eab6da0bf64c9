"""Long runs that are too long for the suite, each repeatable by its seed: ``python -m tests.campaigns`` and ``python -m tests.fuzz``."""
