"""One file a noun; importing this package knows every table."""

from tumorboard.storage.models.absence import Absence
from tumorboard.storage.models.agenda import AgendaItem, AgendaVersion, PublishedItem
from tumorboard.storage.models.answer import Answer
from tumorboard.storage.models.attachment import Attachment
from tumorboard.storage.models.audit_entry import AuditEntry
from tumorboard.storage.models.board import Board, BoardVersion, further_hospital
from tumorboard.storage.models.board_member import BoardMember
from tumorboard.storage.models.break_glass import BreakGlass
from tumorboard.storage.models.calendar_entry import CalendarEntry
from tumorboard.storage.models.care_team_member import CareTeamMember
from tumorboard.storage.models.case import Case, uninvited
from tumorboard.storage.models.case_list import CaseList
from tumorboard.storage.models.code import Code
from tumorboard.storage.models.delivery import Delivery
from tumorboard.storage.models.device import Device
from tumorboard.storage.models.earlier_decision import EarlierDecision
from tumorboard.storage.models.external_access import ExternalAccess
from tumorboard.storage.models.feed import Feed
from tumorboard.storage.models.hospital import Hospital
from tumorboard.storage.models.information_request import InformationRequest
from tumorboard.storage.models.leaving import Leaving
from tumorboard.storage.models.link import Link
from tumorboard.storage.models.meeting import Meeting
from tumorboard.storage.models.minimum_data_set import MinimumDataSet
from tumorboard.storage.models.needs import Needs, NeedsVersion
from tumorboard.storage.models.notice import Notice
from tumorboard.storage.models.office_request import OfficeRequest
from tumorboard.storage.models.pack import Pack
from tumorboard.storage.models.patient import Patient, PatientIdentifier
from tumorboard.storage.models.patient_correction import PatientCorrection
from tumorboard.storage.models.person import Person
from tumorboard.storage.models.preparation import Preparation
from tumorboard.storage.models.private_note import PrivateNote
from tumorboard.storage.models.result import Result
from tumorboard.storage.models.search import Search
from tumorboard.storage.models.second_factor import Passkey, RecoveryCode, Totp
from tumorboard.storage.models.section_version import SectionVersion
from tumorboard.storage.models.series import Series
from tumorboard.storage.models.slot_poll import SlotAnswer, SlotAsked, SlotPoll, SlotProposal
from tumorboard.storage.models.web_session import WebSession
from tumorboard.storage.models.worker import Worker

__all__ = [
    "Absence",
    "AgendaItem",
    "AgendaVersion",
    "Answer",
    "Attachment",
    "AuditEntry",
    "Board",
    "BoardMember",
    "BoardVersion",
    "BreakGlass",
    "CalendarEntry",
    "CareTeamMember",
    "Case",
    "CaseList",
    "Code",
    "Delivery",
    "Device",
    "EarlierDecision",
    "ExternalAccess",
    "Feed",
    "Hospital",
    "InformationRequest",
    "Leaving",
    "Link",
    "Meeting",
    "MinimumDataSet",
    "Needs",
    "NeedsVersion",
    "Notice",
    "OfficeRequest",
    "Pack",
    "Passkey",
    "Patient",
    "PatientCorrection",
    "PatientIdentifier",
    "Person",
    "Preparation",
    "PrivateNote",
    "PublishedItem",
    "RecoveryCode",
    "Result",
    "Search",
    "SectionVersion",
    "Series",
    "SlotAnswer",
    "SlotAsked",
    "SlotPoll",
    "SlotProposal",
    "Totp",
    "WebSession",
    "Worker",
    "further_hospital",
    "uninvited",
]
