"""Turns an assessment into files, job output and objects on GitHub: decides first, writes last.

``reconcile`` compares what is ``wanted`` with what was ``observed`` and gives ``commands``; ``apply`` carries them out through
``sending``, the one write layer, over ``github``; ``client`` is the only module that knows PyGithub.
"""
