"""One file a noun; importing this package knows every table."""

from tumorboard.storage.models.agenda import AgendaItem, AgendaVersion, PublishedItem
from tumorboard.storage.models.audit_entry import AuditEntry
from tumorboard.storage.models.board import Board
from tumorboard.storage.models.board_member import BoardMember
from tumorboard.storage.models.calendar_entry import CalendarEntry
from tumorboard.storage.models.care_team_member import CareTeamMember
from tumorboard.storage.models.case import Case, uninvited
from tumorboard.storage.models.delivery import Delivery
from tumorboard.storage.models.examination import Examination
from tumorboard.storage.models.hospital import Hospital
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.notice import Notice
from tumorboard.storage.models.patient import Patient, PatientIdentifier
from tumorboard.storage.models.person import Person
from tumorboard.storage.models.web_session import WebSession
from tumorboard.storage.models.worker import Worker

__all__ = [
    "AgendaItem",
    "AgendaVersion",
    "AuditEntry",
    "Board",
    "BoardMember",
    "CalendarEntry",
    "CareTeamMember",
    "Case",
    "Delivery",
    "Examination",
    "Hospital",
    "Meeting",
    "Notice",
    "Patient",
    "PatientIdentifier",
    "Person",
    "PublishedItem",
    "WebSession",
    "Worker",
    "uninvited",
]
