"""The glossary in code: one word for each thing, each state and each right.

Values are stored in the database and shown in URLs; labels are what people read.
"""

from enum import StrEnum


class Word(StrEnum):
    """A stored value with the words people read: ``label`` defaults to the value in plain words."""

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Discipline(Word):
    """What a person is trained in; never a permission."""

    MEDICAL_ONCOLOGY = "medical_oncology"
    HEMATOLOGY_ONCOLOGY = "hematology_oncology"
    SURGERY = "surgery"
    RADIATION_ONCOLOGY = "radiation_oncology"
    PATHOLOGY = "pathology"
    RADIOLOGY = "radiology"
    NURSING = "nursing"
    SOCIAL_WORK = "social_work"
    GENETICS = "genetics"
    PALLIATIVE_CARE = "palliative_care"
    NUTRITION = "nutrition"
    PSYCHO_ONCOLOGY = "psycho_oncology"
    PHARMACY = "pharmacy"
    CLINICAL_TRIALS = "clinical_trials"
    CANCER_REGISTRY = "cancer_registry"
    COORDINATION = "coordination"
    ADMINISTRATION = "administration"
    PRIVACY = "privacy"

    @property
    def code(self) -> str:
        """The two letters on a people chip."""
        return _DISCIPLINE_CODES[self]


_DISCIPLINE_CODES = {
    Discipline.MEDICAL_ONCOLOGY: "MO",
    Discipline.HEMATOLOGY_ONCOLOGY: "HO",
    Discipline.SURGERY: "SU",
    Discipline.RADIATION_ONCOLOGY: "RO",
    Discipline.PATHOLOGY: "PA",
    Discipline.RADIOLOGY: "RA",
    Discipline.NURSING: "RN",
    Discipline.SOCIAL_WORK: "SW",
    Discipline.GENETICS: "GE",
    Discipline.PALLIATIVE_CARE: "PC",
    Discipline.NUTRITION: "NU",
    Discipline.PSYCHO_ONCOLOGY: "PO",
    Discipline.PHARMACY: "PH",
    Discipline.CLINICAL_TRIALS: "TR",
    Discipline.CANCER_REGISTRY: "CR",
    Discipline.COORDINATION: "CO",
    Discipline.ADMINISTRATION: "AD",
    Discipline.PRIVACY: "PR",
}


CARERS = frozenset({Discipline.NURSING, Discipline.SOCIAL_WORK, Discipline.PSYCHO_ONCOLOGY, Discipline.PALLIATIVE_CARE})
"""Who asks patients for their needs and wishes, and writes them."""

KEY_WORKERS = (Discipline.NURSING, Discipline.SOCIAL_WORK)
"""Who can be the one whom a patient calls."""


class Office(Word):
    """An office over the whole network; its holder sees no patient by default."""

    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"


class AskedFor(Word):
    """What one administrator asks for and another decides."""

    GIVE_OFFICE = "give_office"
    TAKE_OFF_FACTOR = "take_off_factor"


class BoardRole(Word):
    """What a board member is on that board."""

    CHAIR = "chair"
    COORDINATOR = "coordinator"
    CORE = "core"
    EXTENDED = "extended"
    OBSERVER = "observer"

    @property
    def label(self) -> str:
        return f"{self.value.capitalize()} member" if self in _MEMBER_ROLES else self.value.capitalize()

    @property
    def phrase(self) -> str:
        """As in "you are a core member of the Breast board"."""
        article = {BoardRole.CHAIR: "the", BoardRole.COORDINATOR: "the", BoardRole.CORE: "a"}.get(self, "an")
        return f"{article} {self.label.lower()}"


_MEMBER_ROLES = {BoardRole.CORE, BoardRole.EXTENDED}


class Sex(Word):
    """Administrative sex, the four values of HL7 FHIR R4 ``administrative-gender``."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return "Not known" if self is Sex.UNKNOWN else self.value.capitalize()


class TumorType(Word):
    """The tumor a case is about; it decides which board it usually goes to."""

    BREAST = "breast"
    LUNG = "lung"
    MESOTHELIOMA = "mesothelioma"
    THYMUS = "thymus"
    ESOPHAGUS = "esophagus"
    STOMACH = "stomach"
    COLON = "colon"
    RECTUM = "rectum"
    LIVER = "liver"
    BILIARY_TRACT = "biliary_tract"
    PANCREAS = "pancreas"
    NEUROENDOCRINE = "neuroendocrine"
    OTHER = "other"


class StagePrefix(Word):
    """When and how the stage was found: UICC TNM classification, 8th edition, general rules."""

    CLINICAL = "c"
    PATHOLOGICAL = "p"
    CLINICAL_AFTER_THERAPY = "yc"
    PATHOLOGICAL_AFTER_THERAPY = "yp"
    RECURRENCE = "r"
    AUTOPSY = "a"

    @property
    def label(self) -> str:
        return _STAGE_PREFIX_LABELS[self]


_STAGE_PREFIX_LABELS = {
    StagePrefix.CLINICAL: "c, clinical",
    StagePrefix.PATHOLOGICAL: "p, pathological",
    StagePrefix.CLINICAL_AFTER_THERAPY: "yc, clinical after therapy",
    StagePrefix.PATHOLOGICAL_AFTER_THERAPY: "yp, pathological after therapy",
    StagePrefix.RECURRENCE: "r, recurrence",
    StagePrefix.AUTOPSY: "a, autopsy",
}


class StageSystem(Word):
    """The staging system that the stated group belongs to."""

    AJCC = "ajcc"
    UICC = "uicc"
    FIGO = "figo"
    LUGANO = "lugano"
    BCLC = "bclc"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"lugano": "Lugano", "other": "Other"}.get(self.value, self.value.upper())


class PerformanceStatus(Word):
    """ECOG performance status 0 to 4 (Oken et al., Am J Clin Oncol 1982;5:649)."""

    ECOG_0 = "0"
    ECOG_1 = "1"
    ECOG_2 = "2"
    ECOG_3 = "3"
    ECOG_4 = "4"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        return _PERFORMANCE_LABELS[self]


_PERFORMANCE_LABELS = {
    PerformanceStatus.ECOG_0: "0 Fully active",
    PerformanceStatus.ECOG_1: "1 Light work",
    PerformanceStatus.ECOG_2: "2 Up over half the day",
    PerformanceStatus.ECOG_3: "3 Mostly bed or chair",
    PerformanceStatus.ECOG_4: "4 Only bed or chair",
    PerformanceStatus.NOT_KNOWN: "Not known yet",
}


class Urgency(Word):
    """How soon the board's answer is needed."""

    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"

    @property
    def label(self) -> str:
        return {"routine": "Routine", "soon": "Within two weeks", "urgent": "Urgent, next meeting"}[self.value]


class ExaminationKind(Word):
    """A pathology or imaging item that the board is to see: one specimen or one imaging study."""

    IMAGING = "imaging"
    PATHOLOGY = "pathology"


class CaseState(Word):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    PROTOCOL_ROUTE = "protocol_route"
    ON_AGENDA = "on_agenda"
    DEFERRED = "deferred"
    DISCUSSED = "discussed"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return "Returned for information" if self is CaseState.RETURNED else super().label


class CaseAction(Word):
    """What somebody does to a case; the verb on the button."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"
    ROUTE_TO_PROTOCOL = "route_to_protocol"
    PUT_ON_AGENDA = "put_on_agenda"
    TAKE_OFF_AGENDA = "take_off_agenda"
    DEFER = "defer"
    DISCUSS = "discuss"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


class MeetingState(Word):
    PLANNED = "planned"
    PUBLISHED = "published"
    LIVE = "live"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class MeetingAction(Word):
    PUBLISH = "publish"
    MOVE = "move"
    CANCEL = "cancel"
    OPEN = "open"
    CLOSE = "close"


class NoticeKind(Word):
    """Why a mail goes out; the folder of its templates under ``templates/mail``."""

    INVITATION = "invitation"
    AGENDA = "agenda"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMOVED = "removed"
    JOIN = "join"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a mail
    CONFIRM_EMAIL = "confirm_email"
    EMAIL_CHANGED = "email_changed"
    ACCOUNT_CHANGED = "account_changed"
    CERTIFICATION_ENDS = "certification_ends"
    GLASS_BROKEN = "glass_broken"
    OFFICE_ASKED = "office_asked"
    OVERSIGHT = "oversight"
    TOO_MANY_TRIES = "too_many_tries"

    @property
    def label(self) -> str:
        return _NOTICE_LABELS.get(self, super().label)

    @property
    def carries_calendar(self) -> bool:
        """Whether the mail has a ``text/calendar`` part and so changes a calendar entry."""
        return self in _CALENDAR_KINDS

    @property
    def about_a_meeting(self) -> bool:
        return self in _CALENDAR_KINDS or self is NoticeKind.AGENDA


_CALENDAR_KINDS = {NoticeKind.INVITATION, NoticeKind.MOVED, NoticeKind.CANCELLED, NoticeKind.REMOVED}
_NOTICE_LABELS = {
    NoticeKind.REMOVED: "Taken off the meeting",
    NoticeKind.JOIN: "Invitation to join",
    NoticeKind.RESET_PASSWORD: "Link for a new password",
    NoticeKind.CONFIRM_EMAIL: "Link to confirm an address",
    NoticeKind.EMAIL_CHANGED: "Address changed",
    NoticeKind.GLASS_BROKEN: "Break-glass",
    NoticeKind.OFFICE_ASKED: "To be decided by a second administrator",
    NoticeKind.OVERSIGHT: "Rights or an account changed",
    NoticeKind.TOO_MANY_TRIES: "Link to sign in after failed tries",
}


class NoticeState(Word):
    OWED = "owed"
    RETRYING = "retrying"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class Permission(Word):
    """What a route lets somebody do, named verb first; ``domain.permissions`` says to whom it is given."""

    SIGN_IN = "sign_in"
    SEE_OWN_WORK = "see_own_work"
    SUBMIT_CASE = "submit_case"
    EDIT_DRAFT = "edit_draft"
    FIND_PATIENT = "find_patient"
    SEE_CASE = "see_case"
    WITHDRAW_CASE = "withdraw_case"
    CHOOSE_GUESTS = "choose_guests"
    CHANGE_CARE_TEAM = "change_care_team"
    TRIAGE_CASE = "triage_case"
    SIGN_RECOMMENDATION = "sign_recommendation"
    SEE_QUEUE = "see_queue"
    SEE_BOARD = "see_board"
    CHANGE_MEMBERS = "change_members"
    PLAN_MEETING = "plan_meeting"
    SEE_MEETING = "see_meeting"
    BUILD_AGENDA = "build_agenda"
    CHANGE_MEETING = "change_meeting"
    SEE_DELIVERY = "see_delivery"
    RETRY_NOTICE = "retry_notice"
    SEE_PEOPLE = "see_people"
    INVITE_PEOPLE = "invite_people"
    CHANGE_PERSON = "change_person"
    DEACTIVATE_PERSON = "deactivate_person"
    CHANGE_OWN_SETTINGS = "change_own_settings"
    ADD_ABSENCE = "add_absence"
    ASK_FOR_OFFICE = "ask_for_office"
    DECIDE_OFFICE = "decide_office"
    WRITE_NEEDS = "write_needs"
    RESTRICT_PATIENT = "restrict_patient"
    CORRECT_PATIENT = "correct_patient"
    OPEN_TO_EXTERNAL = "open_to_external"
    BREAK_GLASS = "break_glass"
    REVIEW_BREAK_GLASS = "review_break_glass"


class LinkKind(Word):
    """What a mailed single-use link is for."""

    JOIN = "join"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a link
    CONFIRM_EMAIL = "confirm_email"
    KEEP_EMAIL = "keep_email"
    LET_IN = "let_in"


class Need(Word):
    """What a patient may need help with, as nurses and social workers ask it (NCCN Problem List, shortened)."""

    TRANSPORT = "transport"
    MONEY = "money"
    WORK = "work"
    CHILDREN = "children"
    LIVING_ALONE = "living_alone"
    LANGUAGE = "language"
    FERTILITY = "fertility"


class BreakGlassCause(Word):
    EMERGENCY = "emergency"
    ON_CALL = "on_call"
    CONSULT = "consult"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _BREAK_GLASS_LABELS[self]


_BREAK_GLASS_LABELS = {
    BreakGlassCause.EMERGENCY: "Emergency",
    BreakGlassCause.ON_CALL: "On call for a colleague",
    BreakGlassCause.CONSULT: "Asked for a consult",
    BreakGlassCause.OTHER: "Something else",
}


class RestrictionCause(Word):
    """Why a patient is restricted, or is so no more: a code, so that no words about the patient are kept."""

    STAFF = "staff"
    WELL_KNOWN = "well_known"
    OWN_WISH = "own_wish"
    SAFETY = "safety"
    NOT_NEEDED = "not_needed"
    MISTAKE = "mistake"

    @property
    def label(self) -> str:
        return _RESTRICTION_LABELS[self]

    @property
    def lifts(self) -> bool:
        """Whether it is a cause to lift the restriction, not one to make it."""
        return self in (RestrictionCause.NOT_NEEDED, RestrictionCause.MISTAKE)


_RESTRICTION_LABELS = {
    RestrictionCause.STAFF: "Works here, or is family of who does",
    RestrictionCause.WELL_KNOWN: "Well known",
    RestrictionCause.OWN_WISH: "The patient asks for it",
    RestrictionCause.SAFETY: "The patient’s safety",
    RestrictionCause.NOT_NEEDED: "No longer needed",
    RestrictionCause.MISTAKE: "Marked by mistake",
}


class ReviewOutcome(Word):
    """What the privacy officer found."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"


class AuditAct(Word):
    """What an audit entry says was done."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    CASE_OPENED = "case_opened"
    CASES_LISTED = "cases_listed"
    PATIENT_SOUGHT = "patient_sought"
    DRAFT_SAVED = "draft_saved"
    DRAFT_OPENED = "draft_opened"
    DRAFT_DISCARDED = "draft_discarded"
    CASE_SUBMITTED = "case_submitted"
    CASE_MOVED_ON = "case_moved_on"
    GUESTS_CHOSEN = "guests_chosen"
    CARE_TEAM_CHANGED = "care_team_changed"
    MEMBERS_CHANGED = "members_changed"
    AGENDA_OPENED = "agenda_opened"
    AGENDA_CHANGED = "agenda_changed"
    AGENDA_PUBLISHED = "agenda_published"
    MEETING_PLANNED = "meeting_planned"
    MEETING_MOVED = "meeting_moved"
    MEETING_CANCELLED = "meeting_cancelled"
    NOTICE_RETRIED = "notice_retried"
    PERSON_INVITED = "person_invited"
    PERSON_JOINED = "person_joined"
    PERSON_CHANGED = "person_changed"
    PERSON_DEACTIVATED = "person_deactivated"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an act
    SECOND_FACTOR_CHANGED = "second_factor_changed"
    EMAIL_CHANGED = "email_changed"
    SESSION_ENDED = "session_ended"
    SESSION_LOCKED = "session_locked"
    STEPPED_UP = "stepped_up"
    ABSENCE_CHANGED = "absence_changed"
    OFFICE_ASKED = "office_asked"
    OFFICE_DECIDED = "office_decided"
    NEEDS_WRITTEN = "needs_written"
    PATIENT_RESTRICTED = "patient_restricted"
    PATIENT_CORRECTED = "patient_corrected"
    OPENED_TO_EXTERNAL = "opened_to_external"
    GLASS_BROKEN = "glass_broken"
    BREAK_GLASS_ENDED = "break_glass_ended"
    BREAK_GLASS_REVIEWED = "break_glass_reviewed"
    BREAK_GLASS_LISTED = "break_glass_listed"
