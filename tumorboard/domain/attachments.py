"""Files of a case: adding one, taking it off with a reason, putting it back, and opening it."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from tumorboard.domain import audit
from tumorboard.domain.actor import Actor
from tumorboard.domain.file_rules.kinds import kind_of
from tumorboard.domain.file_rules.names import file_name
from tumorboard.domain.permissions import Held, demand
from tumorboard.domain.sections import OPEN_STATES
from tumorboard.errors import Code, Refused, absent
from tumorboard.storage import sealing
from tumorboard.storage.db import db, new_id
from tumorboard.storage.models import Attachment, Case
from tumorboard.storage.queries import attachments as questions
from tumorboard.storage.queries import cases
from tumorboard.vocabulary import AuditAct, Permission

LARGEST = 25 * 1024 * 1024
TOO_LARGE = "This file is larger than 25 MB. Export it smaller, or only the pages that the board needs."
MOST_OF_A_CASE = 50


@dataclass(frozen=True)
class AddAttachment:
    name: str
    content: bytes
    note: str = ""


def add(case: Case, act: AddAttachment, by: Actor) -> Attachment:
    """Keeps the file with the case. The same file a second time is the first one."""
    _demand_change(case, by)
    if len(act.content) > LARGEST:
        raise Refused(Code.WRONG, TOO_LARGE, field="file")
    name, digest = file_name(act.name), sha256(act.content).digest()
    kind = kind_of(name, act.content)
    there = questions.with_content(case.id, digest)
    if there:
        return there
    _require_room(case)
    attachment = Attachment(id=new_id(), case_id=case.id, name=name, note=act.note, kind=kind)
    attachment.size, attachment.sha256 = len(act.content), digest
    attachment.sealed = sealing.seal_bytes(act.content, _place(attachment.id))
    attachment.added_at, attachment.added_by = by.at, by.person
    db.session.add(attachment)
    _record_change(case, attachment, "add", by)
    return attachment


def take_off(case: Case, attachment_id: UUID, why: str, by: Actor) -> Attachment:
    """From here on nobody opens the file, until it is put back. Twice is once."""
    _demand_change(case, by)
    attachment = _of_case(case, attachment_id)
    if attachment.taken_off_at is None:
        attachment.taken_off_at, attachment.taken_off_by, attachment.taken_off_why = by.at, by.person, why
        _record_change(case, attachment, "take_off", by)
    return attachment


def put_back(case: Case, attachment_id: UUID, by: Actor) -> Attachment:
    """Undoes ``take_off``. Twice is once."""
    _demand_change(case, by)
    attachment = _of_case(case, attachment_id)
    if attachment.taken_off_at is None:
        return attachment
    if questions.with_content(case.id, attachment.sha256):
        raise Refused(Code.NOT_NOW, "The same file was added again meanwhile: it is with the case already.")
    _require_room(case)
    attachment.taken_off_at, attachment.taken_off_by, attachment.taken_off_why = None, None, ""
    _record_change(case, attachment, "put_back", by)
    return attachment


def listed(case: Case, held: Held) -> list[Attachment] | None:
    """The files of a case that is open before somebody; none where they may not see them.

    Breaking the glass shows the case for four hours; a file that was taken along would stay.
    """
    return questions.of_case(case.id) if held.may(Permission.SEE_ATTACHMENTS) else None


def may_be_changed(case: Case, held: Held) -> bool:
    """Whether files can be added and taken off now, by somebody who holds this over the case."""
    return case.state in OPEN_STATES and held.may(Permission.CHANGE_ATTACHMENTS)


def taken_off(case: Case, held: Held) -> list[Attachment]:
    """What can be put back, for whoever may."""
    return questions.taken_off(case.id) if may_be_changed(case, held) else []


def attachment_to_take_off(case: Case, attachment_id: UUID) -> Attachment:
    """The file about which somebody is asked whether they mean it; ``case`` is open before them."""
    return _present(_of_case(case, attachment_id))


def open_attachment(case_id: UUID, attachment_id: UUID, by: Actor) -> tuple[Attachment, bytes]:
    """The file and its bytes, for somebody who may see them; the look is recorded."""
    case = cases.case(case_id)
    if case is None:
        raise absent()
    demand(by, Permission.SEE_ATTACHMENTS, case)
    attachment = _present(_of_case(case, attachment_id))
    subjects = [case.id, attachment.id]
    audit.record(by, AuditAct.ATTACHMENT_OPENED, patients=[case.patient_id], subjects=subjects)
    return attachment, sealing.unseal_bytes(questions.sealed_bytes(attachment.id), _place(attachment.id))


def _demand_change(case: Case, by: Actor) -> None:
    demand(by, Permission.CHANGE_ATTACHMENTS, case)
    if case.state not in OPEN_STATES:
        raise Refused(
            Code.NOT_NOW,
            f"The case is “{case.state.label}”: its files change from its submission until the board has discussed it.",
        )


def _require_room(case: Case) -> None:
    if len(questions.of_case(case.id)) >= MOST_OF_A_CASE:
        raise Refused(Code.WRONG, f"A case has at most {MOST_OF_A_CASE} files. Take one off first.", field="file")


def _of_case(case: Case, attachment_id: UUID) -> Attachment:
    attachment = questions.attachment(case.id, attachment_id)
    if attachment is None:
        raise absent()
    return attachment


def _present(attachment: Attachment) -> Attachment:
    if attachment.taken_off_at is not None:
        raise absent()
    return attachment


def _record_change(case: Case, attachment: Attachment, action: str, by: Actor) -> None:
    db.session.flush()
    subjects = [case.id, attachment.id]
    details: dict[str, str | int] = {"action": action}
    audit.record(by, AuditAct.ATTACHMENT_CHANGED, patients=[case.patient_id], subjects=subjects, details=details)


def _place(attachment_id: UUID) -> str:
    return f"attachment.sealed:{attachment_id}"
