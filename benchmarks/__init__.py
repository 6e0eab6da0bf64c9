"""How fast bbws-gate is beside its peers, measured as whole processes in one run: ``make bench``."""
