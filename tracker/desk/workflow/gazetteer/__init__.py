"""Other people's gazetteers, taken into the desk's own."""

from __future__ import annotations

from tracker.desk.workflow.gazetteer.loading import Outcome, load

__all__ = ["Outcome", "load"]
