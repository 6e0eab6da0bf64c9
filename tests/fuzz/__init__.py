"""Hostile inputs by the thousand: ``python -m tests.fuzz --seconds 600``; a short, fixed part of it runs in the suite."""
