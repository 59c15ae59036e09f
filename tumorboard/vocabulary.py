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

NEVER_REQUIRED = frozenset({Discipline.COORDINATION, Discipline.ADMINISTRATION, Discipline.PRIVACY})
"""No decision of a board stands or falls with them."""

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
    """The tumor a case is about; it decides what the form asks and which board it usually goes to."""

    BREAST = "breast"
    LUNG = "lung"
    SMALL_CELL_LUNG = "small_cell_lung"
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
    PROSTATE = "prostate"
    BLADDER = "bladder"
    KIDNEY = "kidney"
    TESTIS = "testis"
    MELANOMA = "melanoma"
    HEAD_AND_NECK = "head_and_neck"
    THYROID = "thyroid"
    OVARY = "ovary"
    ENDOMETRIUM = "endometrium"
    CERVIX = "cervix"
    GLIOMA = "glioma"
    LYMPHOMA = "lymphoma"
    LEUKEMIA = "leukemia"
    MYELOMA = "myeloma"
    SARCOMA = "sarcoma"
    CHILDHOOD = "childhood"
    HIGH_RISK = "high_risk"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _TUMOR_TYPE_LABELS.get(self, super().label)


_TUMOR_TYPE_LABELS = {
    TumorType.LUNG: "Lung, non-small cell",
    TumorType.SMALL_CELL_LUNG: "Lung, small cell",
    TumorType.CHILDHOOD: "Solid tumor of a child",
    TumorType.HIGH_RISK: "High risk, no cancer",
}


class CaseType(Word):
    """Why the case comes to the board."""

    TREATMENT_DECISION = "treatment_decision"
    DIAGNOSIS_OPEN = "diagnosis_open"
    SECOND_OPINION = "second_opinion"
    RECURRENCE = "recurrence"
    HIGH_RISK = "high_risk"
    RE_DISCUSSION = "re_discussion"

    @property
    def label(self) -> str:
        return _CASE_TYPE_LABELS.get(self, super().label)


_CASE_TYPE_LABELS = {
    CaseType.RECURRENCE: "Recurrence or progression",
    CaseType.HIGH_RISK: "High risk or prevention",
    CaseType.RE_DISCUSSION: "Re-discussion",
}


class BoardKind(Word):
    """What a board is for; it brings the policy that such a board begins with (``domain.board_kinds``)."""

    BREAST = "breast"
    THORACIC = "thoracic"
    GASTROINTESTINAL = "gastrointestinal"
    UROLOGY = "urology"
    GYNECOLOGY = "gynecology"
    HEAD_AND_NECK = "head_and_neck"
    NEURO = "neuro"
    HEMATOLOGY = "hematology"
    PEDIATRIC = "pediatric"
    MOLECULAR = "molecular"
    SECOND_OPINION = "second_opinion"
    HIGH_RISK = "high_risk"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"high_risk": "High risk and prevention", "other": "Something else"}.get(self.value, super().label)


class GuideStep(Word):
    """A step of a new board's guided first hour."""

    BOARD = "board"
    MEMBERS = "members"
    SERIES = "series"
    CASES = "cases"
    AGENDA = "agenda"

    @property
    def label(self) -> str:
        return "First agenda" if self is GuideStep.AGENDA else super().label


class PolicyPart(Word):
    """What of a board's policy is read as one sentence and changed on one page."""

    NAME = "name"
    TAKES = "takes"
    TIME = "time"
    DEADLINES = "deadlines"
    LATE = "late"
    QUORUM = "quorum"
    AGENDA = "agenda"
    MAIL = "mail"
    WHERE = "where"

    @property
    def label(self) -> str:
        return _POLICY_PART_LABELS.get(self, super().label)


_POLICY_PART_LABELS = {
    PolicyPart.NAME: "Name and hospitals",
    PolicyPart.TAKES: "What it takes",
    PolicyPart.DEADLINES: "Cut-off and freeze",
    PolicyPart.LATE: "Late additions",
    PolicyPart.AGENDA: "On every agenda",
}


class LateRule(Word):
    """Whether a case that comes after the cut-off, or any after the freeze, may still be listed."""

    NEVER = "never"
    WITH_REASON = "with_reason"
    WITH_APPROVAL = "with_approval"

    @property
    def label(self) -> str:
        return {"never": "Not at all", "with_approval": "With a reason and the chair’s approval"}.get(
            self.value, "With a reason"
        )


class Section(Word):
    """A part of a case that has an owner and versions of its own."""

    QUESTION = "question"
    STAGE = "stage"
    PATHOLOGY = "pathology"
    BIOMARKERS = "biomarkers"
    LABS = "labs"
    IMAGING = "imaging"
    FITNESS = "fitness"
    HISTORY = "history"
    VOICE = "voice"

    @property
    def label(self) -> str:
        return _SECTION_LABELS.get(self, super().label)


_SECTION_LABELS = {
    Section.STAGE: "Diagnosis and stage",
    Section.LABS: "Laboratory",
    Section.FITNESS: "The person",
    Section.HISTORY: "Treatment and history",
    Section.VOICE: "The patient’s voice",
}


PREPARES = {
    Discipline.PATHOLOGY: (Section.PATHOLOGY, Section.BIOMARKERS),
    Discipline.RADIOLOGY: (Section.IMAGING,),
    Discipline.NURSING: (Section.VOICE,),
    Discipline.SOCIAL_WORK: (Section.VOICE,),
}
"""Who is asked to prepare a case before its meeting, and what of it: slides, images, needs."""


class ItemNeed(Word):
    """Whether an item of a minimum data set counts in completeness."""

    MUST = "must"
    HELPS = "helps"


class When(Word):
    """For which cases an item is asked; what the service cannot tell from the case, people say."""

    ALWAYS = "always"
    METASTATIC = "metastatic"
    AFTER_SURGERY = "after_surgery"
    AFTER_NEOADJUVANT = "after_neoadjuvant"
    NOT_NEW = "not_new"
    CHILD = "child"
    FROM_70 = "from_70"
    IF_ANSWER = "if_answer"
    IF_IT_APPLIES = "if_it_applies"

    @property
    def label(self) -> str:
        return _WHEN_LABELS.get(self, super().label)


_WHEN_LABELS = {
    When.METASTATIC: "Metastatic",
    When.AFTER_SURGERY: "After surgery",
    When.AFTER_NEOADJUVANT: "After neoadjuvant treatment",
    When.NOT_NEW: "Not a new diagnosis",
    When.CHILD: "Under 18 years",
    When.FROM_70: "From 70 years",
    When.IF_ANSWER: "By another answer",
    When.IF_IT_APPLIES: "Only if…",
}


class CaseFact(Word):
    """What the form of a case asks in fields of its own, whatever the tumor type."""

    QUESTION = "question"
    DIAGNOSIS = "diagnosis"
    HISTOLOGY = "histology"
    STAGE = "stage"
    PERFORMANCE_STATUS = "performance_status"
    PRIOR_TREATMENT = "prior_treatment"
    PREFERENCES = "preferences"
    NEEDS = "needs"
    TOLD = "told"


class ResultState(Word):
    """What a case has for an item: the answer itself, or an honest word on why it is not there."""

    THERE = "there"
    PENDING = "pending"
    NOT_DONE = "not_done"


class Fate(Word):
    """What became of an earlier decision of a board."""

    DONE = "done"
    CHANGED = "changed"
    NOT_DONE = "not_done"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        return "Not known yet" if self is Fate.NOT_KNOWN else super().label


class Told(Word):
    """Whether the patient knows of the discussion and agrees to it."""

    AGREES = "agrees"
    NOT_YET = "not_yet"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return {"agrees": "Yes, and agrees"}.get(self.value, super().label)


class Laterality(Word):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    MIDLINE = "midline"


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
    """The staging system that the stated group belongs to (features.md 7)."""

    AJCC = "ajcc"
    UICC = "uicc"
    FIGO = "figo"
    LUGANO = "lugano"
    ANN_ARBOR = "ann_arbor"
    RAI = "rai"
    BINET = "binet"
    ISS = "iss"
    R_ISS = "r_iss"
    BCLC = "bclc"
    WHO_CNS = "who_cns"
    TORONTO = "toronto"
    VALSG = "valsg"
    ELN = "eln"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _STAGE_SYSTEM_LABELS.get(self, self.value.upper())


_STAGE_SYSTEM_LABELS = {
    StageSystem.LUGANO: "Lugano",
    StageSystem.ANN_ARBOR: "Ann Arbor",
    StageSystem.RAI: "Rai",
    StageSystem.BINET: "Binet",
    StageSystem.R_ISS: "R-ISS",
    StageSystem.WHO_CNS: "WHO CNS grade",
    StageSystem.TORONTO: "Toronto",
    StageSystem.OTHER: "Other",
}


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

    @property
    def karnofsky(self) -> tuple[int, ...]:
        """The grades of Karnofsky that it stands for (features.md 7); none where it is not known."""
        return _KARNOFSKY.get(self, ())


_KARNOFSKY = {
    PerformanceStatus.ECOG_0: (100, 90),
    PerformanceStatus.ECOG_1: (80, 70),
    PerformanceStatus.ECOG_2: (60, 50),
    PerformanceStatus.ECOG_3: (40, 30),
    PerformanceStatus.ECOG_4: (20, 10),
}
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


class CodeSystem(Word):
    """Where a code comes from: ICD-10 with a country's own digits, or ICD-O-3 for the site and for the tissue."""

    ICD10 = "icd10"
    TOPOGRAPHY = "topography"
    MORPHOLOGY = "morphology"

    @property
    def label(self) -> str:
        return "ICD-10" if self is CodeSystem.ICD10 else self.value.capitalize()

    @property
    def form(self) -> str:
        """How a code is written, as a regular expression that Python and PostgreSQL read alike."""
        return _CODE_FORMS[self]

    @property
    def example(self) -> str:
        return "8500/3" if self is CodeSystem.MORPHOLOGY else "C50.4"


_CODE_FORMS = {
    CodeSystem.ICD10: r"[A-Z]([0-9][0-9AB]|A[0-9])(\.[0-9A-Z]{1,4})?",  # ICD-10-CM has C4A, C7B and QA0
    CodeSystem.TOPOGRAPHY: r"C[0-9]{2}(\.[0-9])?",
    CodeSystem.MORPHOLOGY: r"[0-9]{4}/[0-9]",
}


class AttachmentKind(Word):
    """What a file of a case may be: told by its content and by the ending of its name."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    DICOM = "dicom"

    @property
    def label(self) -> str:
        return self.value.upper()

    @property
    def media_type(self) -> str:
        """What a browser is told that it is, whatever sent it."""
        return f"application/{self.value}" if self in (self.PDF, self.DICOM) else f"image/{self.value}"

    @property
    def endings(self) -> tuple[str, ...]:
        """How a name of this kind ends."""
        return _ENDINGS[self]


_ENDINGS: dict[AttachmentKind, tuple[str, ...]] = {
    AttachmentKind.PDF: (".pdf",),
    AttachmentKind.PNG: (".png",),
    AttachmentKind.JPEG: (".jpg", ".jpeg"),
    AttachmentKind.TIFF: (".tif", ".tiff"),
    AttachmentKind.DICOM: (".dcm", ".dicom"),
}


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
    RECALL = "recall"
    ANSWER = "answer"


class AnswerKind(Word):
    """Whether somebody comes to a meeting, in their own word; who has said none has not answered."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Presence(Word):
    """Whether a discipline will be at a meeting, as far as its people have said."""

    EXPECTED = "expected"
    UNSURE = "unsure"
    MISSING = "missing"


class Outlook(Word):
    """How the quorum of a meeting looks, from good to bad."""

    WHOLE = "whole"
    EARLY = "early"
    OPEN = "open"
    MISSING = "missing"


class Frequency(Word):
    """How often a series meets."""

    WEEKLY = "weekly"
    TWO_WEEKLY = "two_weekly"
    MONTHLY = "monthly"

    @property
    def label(self) -> str:
        return _FREQUENCY_LABELS[self]


_FREQUENCY_LABELS = {
    Frequency.WEEKLY: "Every week",
    Frequency.TWO_WEEKLY: "Every second week",
    Frequency.MONTHLY: "Every month",
}


class ConflictKind(Word):
    """What stands in the way of a date."""

    OVERLAP = "overlap"
    """The board itself meets then."""
    HOLIDAY = "holiday"
    ROOM = "room"
    PERSON = "person"
    ABSENCE = "absence"


class Suits(Word):
    """Whether an hour that a slot poll proposes suits somebody."""

    YES = "yes"
    IF_NEED_BE = "if_need_be"
    NO = "no"


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
    RESTORE = "restore"
    OPEN = "open"
    CLOSE = "close"


class PreparationState(Word):
    """How far a discipline is with a case before its meeting."""

    REQUESTED = "requested"
    STARTED = "started"
    READY = "ready"


class PreparationAction(Word):
    """What somebody does to a preparation."""

    START = "start"
    MARK_READY = "mark_ready"
    HOLD_UP = "hold_up"
    BACK_TO_STARTED = "back_to_started"
    BACK_TO_REQUESTED = "back_to_requested"


class Hindrance(Word):
    """Why a case cannot be prepared now."""

    SLIDES_NOT_HERE = "slides_not_here"
    IMAGES_NOT_HERE = "images_not_here"
    NOT_REACHED = "not_reached"
    NO_TIME = "no_time"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"not_reached": "Patient not reached", "other": "Something else"}.get(self.value, super().label)

    @property
    def disciplines(self) -> frozenset[Discipline]:
        """Who can be hindered by it."""
        return _HINDERED.get(self, frozenset(PREPARES))


_HINDERED = {
    Hindrance.SLIDES_NOT_HERE: frozenset({Discipline.PATHOLOGY}),
    Hindrance.IMAGES_NOT_HERE: frozenset({Discipline.RADIOLOGY}),
    Hindrance.NOT_REACHED: frozenset({Discipline.NURSING, Discipline.SOCIAL_WORK}),
}


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
    INFORMATION_ASKED = "information_asked"
    CALL_ASKED = "call_asked"
    OVERSIGHT = "oversight"
    TOO_MANY_TRIES = "too_many_tries"
    OPENED = "opened"
    DEPUTY = "deputy"
    CASE_AMENDED = "case_amended"
    HANDED_OVER = "handed_over"
    RECORD_CORRECTED = "record_corrected"
    SERIES_INVITATION = "series_invitation"
    SERIES_CHANGED = "series_changed"
    SERIES_OVER = "series_over"
    SLOT_POLL = "slot_poll"
    SLOT_POLL_OVER = "slot_poll_over"
    ANSWER_ASKED = "answer_asked"
    PREPARATION_ASKED = "preparation_asked"

    @property
    def label(self) -> str:
        return _NOTICE_LABELS.get(self, super().label)

    @property
    def carries_calendar(self) -> bool:
        """Whether the mail has a ``text/calendar`` part and so changes a calendar entry."""
        return self in _CALENDAR_KINDS

    @property
    def about_a_meeting(self) -> bool:
        """Or about a series of them."""
        return self in _CALENDAR_KINDS or self in BESIDE_THE_CALENDAR

    @property
    def about_a_series(self) -> bool:
        return self in SERIES_KINDS


SERIES_KINDS = (NoticeKind.SERIES_INVITATION, NoticeKind.SERIES_CHANGED, NoticeKind.SERIES_OVER)
"""Mails about all the dates that somebody holds of a series; they may be caused by a change of one of them."""
_CALENDAR_KINDS = {NoticeKind.INVITATION, NoticeKind.MOVED, NoticeKind.CANCELLED, NoticeKind.REMOVED, *SERIES_KINDS}
BESIDE_THE_CALENDAR = (
    NoticeKind.AGENDA,
    NoticeKind.CASE_AMENDED,
    NoticeKind.ANSWER_ASKED,
    NoticeKind.PREPARATION_ASKED,
)
"""Mails about a meeting that change no calendar."""
ASK_FOR_AN_ANSWER = (
    NoticeKind.INVITATION,
    NoticeKind.AGENDA,
    NoticeKind.MOVED,
    NoticeKind.SERIES_INVITATION,
    NoticeKind.SERIES_CHANGED,
    NoticeKind.ANSWER_ASKED,
)
"""Mails with a link by which their reader says whether they come."""
_NOTICE_LABELS = {
    NoticeKind.REMOVED: "Taken off the meeting",
    NoticeKind.JOIN: "Invitation to join",
    NoticeKind.RESET_PASSWORD: "Link for a new password",
    NoticeKind.CONFIRM_EMAIL: "Link to confirm an address",
    NoticeKind.EMAIL_CHANGED: "Address changed",
    NoticeKind.GLASS_BROKEN: "Break-glass",
    NoticeKind.INFORMATION_ASKED: "Information asked",
    NoticeKind.CALL_ASKED: "A call asked of social work",
    NoticeKind.OFFICE_ASKED: "To be decided by a second administrator",
    NoticeKind.OVERSIGHT: "Rights or an account changed",
    NoticeKind.TOO_MANY_TRIES: "Link to sign in after failed tries",
    NoticeKind.OPENED: "Opened to an external expert",
    NoticeKind.DEPUTY: "Word to a deputy",
    NoticeKind.CASE_AMENDED: "A case changed after the agenda",
    NoticeKind.HANDED_OVER: "Lead or key worker handed over",
    NoticeKind.RECORD_CORRECTED: "A patient’s record corrected",
    NoticeKind.SERIES_INVITATION: "Invitation to a series",
    NoticeKind.SERIES_CHANGED: "Series changed",
    NoticeKind.SERIES_OVER: "Taken off the series",
    NoticeKind.SLOT_POLL: "Question which hour suits",
    NoticeKind.SLOT_POLL_OVER: "Slot poll is over",
    NoticeKind.ANSWER_ASKED: "Reminder to answer",
    NoticeKind.PREPARATION_ASKED: "Cases to prepare",
}


class NoticeState(Word):
    OWED = "owed"
    RETRYING = "retrying"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class PackState(Word):
    """How far the pack of a meeting is."""

    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


class Permission(Word):
    """What a route lets somebody do, named verb first; ``domain.permissions`` says to whom it is given."""

    SIGN_IN = "sign_in"
    SEE_OWN_WORK = "see_own_work"
    SUBMIT_CASE = "submit_case"
    EDIT_DRAFT = "edit_draft"
    FIND_PATIENT = "find_patient"
    SEE_CASE = "see_case"
    SEE_EARLIER_VERSIONS = "see_earlier_versions"
    PRINT_CASE = "print_case"
    WITHDRAW_CASE = "withdraw_case"
    CHOOSE_GUESTS = "choose_guests"
    CHANGE_CARE_TEAM = "change_care_team"
    TRIAGE_CASE = "triage_case"
    SIGN_RECOMMENDATION = "sign_recommendation"
    LOAD_CASES = "load_cases"
    SEE_QUEUE = "see_queue"
    SEE_BOARD = "see_board"
    ADD_BOARD = "add_board"
    EDIT_POLICY = "edit_policy"
    CHANGE_MEMBERS = "change_members"
    EDIT_MINIMUM_DATA_SET = "edit_minimum_data_set"
    PLAN_MEETING = "plan_meeting"
    SEE_MEETING = "see_meeting"
    ANSWER_MEETING = "answer_meeting"
    SEE_FORECAST = "see_forecast"
    SEE_ANSWERS = "see_answers"
    ASK_FOR_ANSWERS = "ask_for_answers"
    BUILD_AGENDA = "build_agenda"
    SEE_PREPARATION = "see_preparation"
    PREPARE_CASE = "prepare_case"
    APPROVE_LATE_CASE = "approve_late_case"
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
    ANSWER_CASE = "answer_case"
    BEGIN_AGAIN = "begin_again"
    KEEP_PRIVATE_NOTE = "keep_private_note"
    CHANGE_HOSPITAL = "change_hospital"
    WRITE_CASE = "write_case"
    WRITE_PATHOLOGY = "write_pathology"
    WRITE_IMAGING = "write_imaging"
    WRITE_NEEDS = "write_needs"
    SEE_ATTACHMENTS = "see_attachments"
    CHANGE_ATTACHMENTS = "change_attachments"
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


class CorrectionKind(Word):
    """How a patient's record is put right."""

    MERGE = "merge"
    MOVE = "move"
    PARTICULARS = "particulars"


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
    CASE_PRINTED = "case_printed"
    CASES_LISTED = "cases_listed"
    PATIENT_SOUGHT = "patient_sought"
    DRAFT_SAVED = "draft_saved"
    DRAFT_OPENED = "draft_opened"
    DRAFT_DISCARDED = "draft_discarded"
    CASE_SUBMITTED = "case_submitted"
    CASE_MOVED_ON = "case_moved_on"
    GUESTS_CHOSEN = "guests_chosen"
    CARE_TEAM_CHANGED = "care_team_changed"
    BOARD_ADDED = "board_added"
    POLICY_CHANGED = "policy_changed"
    MEMBERS_CHANGED = "members_changed"
    MINIMUM_DATA_SET_CHANGED = "minimum_data_set_changed"
    MINIMUM_DATA_SET_PUT_IN_FORCE = "minimum_data_set_put_in_force"
    AGENDA_OPENED = "agenda_opened"
    AGENDA_CHANGED = "agenda_changed"
    AGENDA_PUBLISHED = "agenda_published"
    PREPARATION_STARTED = "preparation_started"
    PREPARATION_READY = "preparation_ready"
    PREPARATION_HELD_UP = "preparation_held_up"
    PREPARATION_UNDONE = "preparation_undone"
    PACK_ASKED = "pack_asked"
    PACK_PRINTED = "pack_printed"
    MEETING_PLANNED = "meeting_planned"
    MEETING_MOVED = "meeting_moved"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_RESTORED = "meeting_restored"
    FEED_MADE = "feed_made"
    FEED_ENDED = "feed_ended"
    MEETING_ANSWERED = "meeting_answered"
    ANSWERS_ASKED = "answers_asked"
    SERIES_BEGUN = "series_begun"
    SERIES_CHANGED = "series_changed"
    SLOT_POLL_ASKED = "slot_poll_asked"
    SLOT_POLL_ANSWERED = "slot_poll_answered"
    SLOT_POLL_CLOSED = "slot_poll_closed"
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
    SECTION_WRITTEN = "section_written"
    PRIVATE_NOTE_WRITTEN = "private_note_written"
    ATTACHMENT_OPENED = "attachment_opened"
    ATTACHMENT_CHANGED = "attachment_changed"
    HOSPITAL_CHANGED = "hospital_changed"
    PATIENT_RESTRICTED = "patient_restricted"
    PATIENT_CORRECTED = "patient_corrected"
    OPENED_TO_EXTERNAL = "opened_to_external"
    GLASS_BROKEN = "glass_broken"
    BREAK_GLASS_ENDED = "break_glass_ended"
    BREAK_GLASS_REVIEWED = "break_glass_reviewed"
    BREAK_GLASS_LISTED = "break_glass_listed"
