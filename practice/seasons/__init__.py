"""A season of situations, rolled from a seed before anyone plays it: ``Season(seed, start, weeks, situations_per_year)``."""

from practice.seasons.planned import (
    PlannedAttendance,
    PlannedConclusion,
    PlannedContact,
    PlannedFollowUp,
    PlannedIssue,
    PlannedMeeting,
    PlannedPresentation,
    PlannedReportBack,
    PlannedResponse,
    PlannedService,
    PlannedSituation,
    PlannedStep,
)
from practice.seasons.season import Season, meeting_days

__all__ = [
    "PlannedAttendance",
    "PlannedConclusion",
    "PlannedContact",
    "PlannedFollowUp",
    "PlannedIssue",
    "PlannedMeeting",
    "PlannedPresentation",
    "PlannedReportBack",
    "PlannedResponse",
    "PlannedService",
    "PlannedSituation",
    "PlannedStep",
    "Season",
    "meeting_days",
]
