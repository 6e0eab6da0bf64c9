"""What people said and did on GitHub, as a :class:`~bbws_gate.model.record.Record`; and files of commits that are not in the checkout."""
