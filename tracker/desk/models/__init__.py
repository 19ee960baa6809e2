from __future__ import annotations

from tracker.desk.models.access import TokenUse, Tries
from tracker.desk.models.agreements import Agreement
from tracker.desk.models.assessments import Assessment
from tracker.desk.models.coverage import Coverage
from tracker.desk.models.erasures import Erasure
from tracker.desk.models.evidence import Evidence
from tracker.desk.models.figures import Figure
from tracker.desk.models.geocoding import GeocoderAnswer, GeocoderTurn
from tracker.desk.models.imports import ImportRow, ImportRun
from tracker.desk.models.incident_merging import IncidentMerge, IncidentSplit
from tracker.desk.models.incidents import Incident
from tracker.desk.models.jobs import Job
from tracker.desk.models.merging import PlaceMerge
from tracker.desk.models.parties import Party, PartyName
from tracker.desk.models.places import Boundary, Place, PlaceCode, PlaceName
from tracker.desk.models.reports import Report
from tracker.desk.models.revisions import Revision, Sealed, Unrecorded
from tracker.desk.models.situation import Erratum, SituationReport
from tracker.desk.models.sources import Source
from tracker.desk.models.submissions import Submission
from tracker.desk.models.tallies import Bulletin, Tally
from tracker.desk.models.terms import Adherence, Provision, Reading, Zone
from tracker.desk.models.users import User
from tracker.desk.models.verdicts import Verdict
from tracker.desk.models.webhooks import Delivery, Webhook

__all__ = [
    "Adherence",
    "Agreement",
    "Assessment",
    "Boundary",
    "Bulletin",
    "Coverage",
    "Delivery",
    "Erasure",
    "Erratum",
    "Evidence",
    "Figure",
    "GeocoderAnswer",
    "GeocoderTurn",
    "ImportRow",
    "ImportRun",
    "Incident",
    "IncidentMerge",
    "IncidentSplit",
    "Job",
    "Party",
    "PartyName",
    "Place",
    "PlaceCode",
    "PlaceMerge",
    "PlaceName",
    "Provision",
    "Reading",
    "Report",
    "Revision",
    "Sealed",
    "SituationReport",
    "Source",
    "Submission",
    "Tally",
    "TokenUse",
    "Tries",
    "Unrecorded",
    "User",
    "Verdict",
    "Webhook",
    "Zone",
]
