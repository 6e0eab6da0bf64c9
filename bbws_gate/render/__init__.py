"""Turns an assessment into text: terminal, JSON, SARIF, Markdown documents, comment, check run, issues. Writes nothing, asks nothing."""
