"""The judge: whether an incident breaches an agreement, under one reading, and exactly why.

Pure functions of plain data. An incident is `facts.Facts`, an agreement under one reading
`terms.Terms`; `judge.judge` makes of them a `judge.Verdict`, and `words.told` says it in words.
"""

from __future__ import annotations
