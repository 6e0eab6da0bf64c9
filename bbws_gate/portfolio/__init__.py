"""Many projects and environments at once: waves, promotion order, cycles, what waits for what, dates, cost, approvals."""

from bbws_gate.portfolio.entry import Approver, Entry, Money, Need, Question
from bbws_gate.portfolio.file import PortfolioFile, ProjectEntry, load_portfolio
from bbws_gate.portfolio.gather import gather
from bbws_gate.portfolio.overview import Portfolio, Row, draw

__all__ = [
    "Approver",
    "Entry",
    "Money",
    "Need",
    "Portfolio",
    "PortfolioFile",
    "ProjectEntry",
    "Question",
    "Row",
    "draw",
    "gather",
    "load_portfolio",
]
