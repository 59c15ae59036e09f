"""Files of a case: taken by content and name, sealed, opened by whoever may, taken off and put back."""

from datetime import timedelta
from email.message import Message
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from werkzeug import formparser
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.factories import a_board, a_care_team_member, a_case, a_member, a_patient, a_person, an_instant
from tests.web.case_pages import typed_in
from tests.web.files import EICAR, MIB, ODD_NAMES, a_pdf, multipart, right_files, wrong_files
from tests.web.pages import token, told
from tumorboard.demo.hospital.attachments import a_letter
from tumorboard.domain.file_rules.names import file_name
from tumorboard.storage import row_level_security, sealing
from tumorboard.storage.db import db
from tumorboard.storage.models import Attachment, AuditEntry, BreakGlass, Case, Person
from tumorboard.storage.queries import attachments as questions
from tumorboard.vocabulary import AuditAct, BoardRole, BreakGlassCause, CaseState, Discipline

MARKER = "Marker-of-this-letter"
LETTER = a_letter(MARKER)


@pytest.fixture
def case(app: Flask) -> Case:
    ada, patient = a_person(), a_patient()
    a_care_team_member(patient, ada, lead=True)
    return a_case(a_board((a_person(), BoardRole.COORDINATOR)), ada, patient=patient)


@pytest.fixture
def ada(case: Case, sign_in: SignIn) -> FlaskClient:
    return sign_in(case.submitter)


def send(browser: FlaskClient, case: Case, name: str, content: bytes, csrf: str = "", **typed: str) -> TestResponse:
    body, content_type = multipart({"csrf_token": csrf or token(browser)} | typed, name, content)
    return browser.post(f"/cases/{case.id}/attachments", data=body, content_type=content_type)


def attached(browser: FlaskClient, case: Case, name: str = "letter.pdf", content: bytes = LETTER) -> Attachment:
    assert send(browser, case, name, content).status_code == 303
    return kept()[-1]


def kept() -> list[Attachment]:
    db.session.expire_all()
    return list(db.session.scalars(select(Attachment).order_by(Attachment.added_at, Attachment.id)))


def acts_of(*acts: AuditAct) -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.act.in_(acts)).order_by(AuditEntry.id)))


def act_on(browser: FlaskClient, case: Case, attachment: Attachment, act: str, **typed: str) -> TestResponse:
    form = {"csrf_token": token(browser)} | typed
    return browser.post(f"/cases/{case.id}/attachments/{attachment.id}/{act}", data=form)


def test_a_file_stands_with_the_case_and_comes_back_as_it_was(ada: FlaskClient, case: Case) -> None:
    page = told(ada, send(ada, case, "letter.pdf", LETTER, note="The referring practice’s letter"))
    for shown in ("letter.pdf", "PDF, ", "The referring practice’s letter", "Not scanned for malware", "File added by"):
        assert shown in page
    (attachment,) = kept()
    answer = ada.get(f"/cases/{case.id}/attachments/{attachment.id}")
    assert answer.data == LETTER
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=letter.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_every_right_file_is_taken_as_what_it_is(ada: FlaskClient, case: Case) -> None:
    csrf = token(ada)
    for name, content in right_files().items():
        assert send(ada, case, name, content, csrf).status_code == 303, name
    assert {each.name: each.kind.endings for each in kept() if not each.name.lower().endswith(each.kind.endings)} == {}
    assert len(kept()) == len(right_files())
    picture = next(each for each in kept() if each.name == "photo.jpg")
    assert ada.get(f"/cases/{case.id}/attachments/{picture.id}").headers["Content-Type"] == "image/jpeg"


def test_every_wrong_file_is_refused_with_a_sentence_and_keeps_what_was_typed(ada: FlaskClient, case: Case) -> None:
    csrf, tried = token(ada), 0
    for name, content in wrong_files().items():
        answer = send(ada, case, name, content, csrf, note="From the practice")
        assert answer.status_code == 422, (name, answer.status_code)
        assert "There is a problem" in answer.text, name
        assert typed_in(answer)["note"] == "From the practice", name
        tried += 1
    assert kept() == []
    assert tried >= 50


@pytest.mark.parametrize("content", [LETTER[:200], EICAR + LETTER, b"\0" * 600])
def test_bytes_that_only_look_right_are_no_500(ada: FlaskClient, case: Case, content: bytes) -> None:
    csrf = token(ada)
    for ending in ("pdf", "png", "jpg", "tif", "dcm"):
        assert send(ada, case, f"x.{ending}", content, csrf).status_code == 422


def test_a_file_cut_anywhere_is_no_500(ada: FlaskClient, case: Case) -> None:
    """Each right file, cut at a dozen places: refused, or (a picture after its header) taken."""
    csrf = token(ada)
    for name, content in right_files().items():
        if len(content) < MIB:
            for part in range(1, 4):
                answer = send(ada, case, name, content[: len(content) * part // 4], csrf)
                assert answer.status_code in (303, 422), name


def test_more_than_the_route_takes_is_told_and_other_routes_take_a_megabyte(ada: FlaskClient, case: Case) -> None:
    answer = send(ada, case, "huge.pdf", a_pdf(26 * MIB))
    assert answer.status_code == 413
    assert "This file is larger than 25 MB." in answer.text
    elsewhere = ada.post(f"/cases/{case.id}/withdraw", data={"csrf_token": token(ada), "why": "x" * MIB})
    assert elsewhere.status_code == 413
    assert "larger than 25 MB" not in elsewhere.text


@pytest.mark.parametrize(("sent", "name"), ODD_NAMES.items())
def test_a_name_is_data(sent: str, name: str) -> None:
    assert file_name(sent) == name
    assert file_name(name) == name


def test_every_odd_name_is_shown_escaped_and_comes_back_in_the_header(ada: FlaskClient, case: Case) -> None:
    csrf = token(ada)
    before = set(Path.cwd().iterdir())
    for number, sent in enumerate(ODD_NAMES):
        assert send(ada, case, sent, a_letter(f"Letter {number}"), csrf).status_code == 303, sent
    page = ada.get(f"/cases/{case.id}/attachments").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    for attachment in kept():
        assert attachment.name in unescape(page)
        answer = ada.get(f"/cases/{case.id}/attachments/{attachment.id}")
        assert answer.status_code == 200
        assert name_in(answer.headers["Content-Disposition"]) == attachment.name
        assert "X-Injected" not in answer.headers
    assert len(kept()) == len(ODD_NAMES)
    assert set(Path.cwd().iterdir()) == before


def test_names_without_a_name_are_refused_or_named(ada: FlaskClient, case: Case) -> None:
    for sent in ("../../etc/passwd", "CON", "a.pdf/..", "annex\u202efdp.exe", "x.pdf:evil.exe"):
        assert send(ada, case, sent, LETTER).status_code == 422, sent
    assert send(ada, case, "", LETTER).status_code == 422
    assert kept() == []


def name_in(disposition: str) -> str:
    """The file's name as a browser reads it (RFC 6266, RFC 8187)."""
    header = Message()
    header["Content-Disposition"] = disposition
    assert header.get_content_disposition() == "attachment"
    if "filename*=UTF-8''" in disposition:
        return unquote(disposition.partition("filename*=UTF-8''")[2])
    return header.get_filename() or ""


def test_what_lies_in_the_table_shows_nothing_and_opens_nowhere_else(ada: FlaskClient, case: Case) -> None:
    attachment = attached(ada, case)
    other = attached(ada, case, content=a_letter("Another"))
    (row,) = db.session.scalars(text("SELECT attachment::text FROM attachment WHERE id = :id"), {"id": attachment.id})
    sealed = questions.sealed_bytes(attachment.id)
    assert MARKER.encode() in LETTER
    assert MARKER.encode() not in sealed
    assert MARKER.encode().hex() not in str(row)
    assert len(sealed) == len(LETTER) + 12 + 16
    assert sealing.unseal_bytes(sealed, f"attachment.sealed:{attachment.id}") == LETTER
    with pytest.raises(InvalidTag):
        sealing.unseal_bytes(sealed, f"attachment.sealed:{other.id}")


def test_lists_do_not_read_the_bytes(ada: FlaskClient, case: Case) -> None:
    attached(ada, case)
    (listed,) = questions.of_case(case.id)
    assert "sealed" not in listed.__dict__


def test_each_look_is_recorded_with_the_patient(ada: FlaskClient, case: Case) -> None:
    attachment = attached(ada, case)
    for _ in range(2):
        ada.get(f"/cases/{case.id}/attachments/{attachment.id}")
    looks = acts_of(AuditAct.ATTACHMENT_OPENED)
    assert [entry.subject_ids for entry in looks] == [[case.id, attachment.id]] * 2
    assert {tuple(entry.patient_ids) for entry in looks} == {(case.patient_id,)}
    (added,) = acts_of(AuditAct.ATTACHMENT_CHANGED)
    assert added.details == {"action": "add"}
    assert added.patient_ids == [case.patient_id]


def test_taken_off_with_a_reason_and_put_back(ada: FlaskClient, case: Case) -> None:
    attachment = attached(ada, case)
    address = f"/cases/{case.id}/attachments/{attachment.id}"
    assert "Take this file off the case?" in ada.get(f"{address}/take-off").text
    assert act_on(ada, case, attachment, "take-off", why="").status_code == 422
    page = told(ada, act_on(ada, case, attachment, "take-off", why="Of another patient"))
    assert f'action="{address}/put-back"' in page, "the undo"
    assert f'href="{address}"' not in page
    assert ada.get(address).status_code == 404
    own_page = ada.get(f"/cases/{case.id}/attachments").text
    assert "Of another patient" in own_page
    told(ada, act_on(ada, case, attachment, "put-back"))
    assert ada.get(address).data == LETTER
    assert [entry.details["action"] for entry in acts_of(AuditAct.ATTACHMENT_CHANGED)] == [
        "add",
        "take_off",
        "put_back",
    ]
    for _ in range(2):
        assert act_on(ada, case, attachment, "take-off", why="Twice").status_code == 303
    assert len(acts_of(AuditAct.ATTACHMENT_CHANGED)) == 4


def test_the_same_file_twice_is_once(ada: FlaskClient, case: Case) -> None:
    first = attached(ada, case)
    attached(ada, case, name="again.pdf")
    assert [each.name for each in kept()] == ["letter.pdf"]
    act_on(ada, case, first, "take-off", why="Wrong")
    attached(ada, case, name="again.pdf")
    assert act_on(ada, case, first, "put-back").status_code == 409
    assert len(questions.of_case(case.id)) == 1


def test_a_file_of_one_case_is_not_found_at_another(ada: FlaskClient, case: Case) -> None:
    attachment = attached(ada, case)
    other = a_case(case.board, case.submitter)  # type: ignore[arg-type]
    assert ada.get(f"/cases/{other.id}/attachments/{attachment.id}").status_code == 404
    assert act_on(ada, other, attachment, "take-off", why="x").status_code == 404


def test_who_writes_the_case_adds_who_sees_it_reads_and_nobody_else(
    ada: FlaskClient, case: Case, sign_in: SignIn
) -> None:
    attachment = attached(ada, case)
    pathologist = a_person(discipline=Discipline.PATHOLOGY)
    radiologist = a_person(discipline=Discipline.RADIOLOGY)
    member, stranger = a_person(discipline=Discipline.SURGERY), a_person()
    for person in (pathologist, radiologist, member):
        a_member(case.board, person)  # type: ignore[arg-type]
    for person, reads, writes in (
        (pathologist, 200, 303),
        (radiologist, 200, 303),
        (member, 200, 403),
        (stranger, 404, 404),
    ):
        browser = sign_in(person)
        assert browser.get(f"/cases/{case.id}/attachments/{attachment.id}").status_code == reads
        content = a_letter(f"By {person.family_name}")
        assert send(browser, case, "report.pdf", content).status_code == writes
    assert 'name="file"' not in sign_in(member).get(f"/cases/{case.id}").text


def test_who_breaks_the_glass_is_shown_no_file(ada: FlaskClient, case: Case, sign_in: SignIn) -> None:
    attachment = attached(ada, case)
    breaker, at = a_person(), an_instant()
    db.session.add(
        BreakGlass(
            person_id=breaker.id,
            patient_id=case.patient_id,
            cause=BreakGlassCause.EMERGENCY,
            reason="Admitted at night",
            opened_at=at,
            expires_at=at + timedelta(hours=4),
        )
    )
    db.session.commit()
    browser = sign_in(breaker)
    page = browser.get(f"/cases/{case.id}").text
    assert "Not shown to whoever breaks the glass." in page
    assert "letter.pdf" not in page
    assert browser.get(f"/cases/{case.id}/attachments").status_code == 403
    assert browser.get(f"/cases/{case.id}/attachments/{attachment.id}").status_code == 403


@pytest.mark.parametrize("state", [CaseState.WITHDRAWN, CaseState.DISCUSSED, CaseState.SIGNED])
def test_what_the_board_had_before_it_stays(ada: FlaskClient, case: Case, state: CaseState) -> None:
    attachment = attached(ada, case)
    case.state = state
    db.session.commit()
    assert send(ada, case, "late.pdf", a_letter("Late")).status_code == 409
    assert act_on(ada, case, attachment, "take-off", why="Late").status_code == 409
    assert ada.get(f"/cases/{case.id}/attachments/{attachment.id}").status_code == 200
    assert 'name="file"' not in ada.get(f"/cases/{case.id}/attachments").text


def test_row_level_security_shows_files_with_their_case(ada: FlaskClient, case: Case, app: Flask) -> None:
    attached(ada, case)

    def shown_to(person: Person | None) -> int:
        with app.app_context():
            row_level_security.show_to(person.id if person else None, an_instant())
            return db.session.scalar(select(func.count()).select_from(Attachment)) or 0

    assert [shown_to(case.submitter), shown_to(a_person()), shown_to(None)] == [1, 0, 0]


def test_a_file_lies_in_no_temporary_file_on_its_way(
    ada: FlaskClient, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(formparser, "SpooledTemporaryFile", refuse)
    attached(ada, case, content=a_pdf(2 * MIB))
