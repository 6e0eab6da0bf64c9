"""The checks: one module per family, found by :mod:`bbws_gate.checks.catalogue`."""
