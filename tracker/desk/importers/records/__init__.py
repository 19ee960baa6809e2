"""Rows of text as what they state: reports, tallies, coverage, parties."""
