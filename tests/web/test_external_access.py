"""An expert from outside sees what was opened, as long as it is open, and nothing beside it."""

import re
from datetime import timedelta
from html import unescape

from sqlalchemy import select

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_person, an_actor, an_instant
from tests.web.pages import main_part, notices_of, post, told, waiting
from tumorboard import words
from tumorboard.domain import agenda
from tumorboard.mail.from_notice import letter_of
from tumorboard.mail.letter import Letter
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Case, ExternalAccess, Meeting, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, NoticeKind, NoticeState


def an_expert() -> Person:
    expert = a_person()
    expert.external = True
    db.session.commit()
    return expert


def a_coordinated_case() -> tuple[Person, Case]:
    coordinator = a_person()
    return coordinator, a_case(a_board((coordinator, BoardRole.COORDINATOR)), a_person())


def typed(expert: Person, days: int = 10) -> dict[str, str]:
    day = words.date_words((an_instant() + timedelta(days=days)).date())
    return {"person": str(expert.id), "day": day, "at": "18:00", "reason": "Asked for a second opinion."}


def test_a_case_is_open_until_its_time_and_every_look_is_recorded(sign_in: SignIn) -> None:
    (coordinator, case), expert = a_coordinated_case(), an_expert()
    browser, outside, where = sign_in(coordinator), sign_in(expert), f"/cases/{case.id}/external"
    assert outside.get(f"/cases/{case.id}").status_code == 404
    page = told(browser, post(browser, where, where, **typed(expert)))
    assert f"{expert.family_name}, Ada" in page
    assert outside.get(f"/cases/{case.id}").status_code == 200
    assert outside.get(f"/boards/{case.board.slug}").status_code == 403  # type: ignore[union-attr]
    looks = select(AuditEntry).where(AuditEntry.act == AuditAct.CASE_OPENED, AuditEntry.person_id == expert.id)
    assert len(db.session.scalars(looks).all()) == 1
    access = db.session.scalars(select(ExternalAccess)).unique().one()
    access.opened_at, access.until = access.opened_at - timedelta(days=1), an_instant()
    db.session.commit()
    assert outside.get(f"/cases/{case.id}").status_code == 404


def test_ended_now_it_is_closed(sign_in: SignIn) -> None:
    (coordinator, case), expert = a_coordinated_case(), an_expert()
    browser, where = sign_in(coordinator), f"/cases/{case.id}/external"
    post(browser, where, where, **typed(expert))
    access = db.session.scalars(select(ExternalAccess)).unique().one()
    post(browser, f"/cases/{case.id}", f"{where}/{access.id}/end")
    assert sign_in(expert).get(f"/cases/{case.id}").status_code == 404


def test_a_meeting_invites_the_expert_and_its_end_cancels_to_them_alone(sign_in: SignIn) -> None:
    (coordinator, case), expert = a_coordinated_case(), an_expert()
    meeting: Meeting = a_meeting(case.board)  # type: ignore[arg-type]
    a_listed_case(meeting, case)
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    before = waiting(meeting)
    browser, where = sign_in(coordinator), f"/meetings/{meeting.id}/external"
    page = told(browser, post(browser, where, where, **typed(expert)))
    assert "2 mails on the way, to the expert alone." in page
    assert waiting(meeting) - before == {NoticeKind.INVITATION: 1, NoticeKind.AGENDA: 1}
    shown = unescape(sign_in(expert).get(f"/meetings/{meeting.id}").text)
    assert case.patient.family_name in shown  # type: ignore[union-attr]
    assert sign_in(expert).get(f"/cases/{case.id}").status_code == 200
    access = db.session.scalars(select(ExternalAccess)).unique().one()
    post(browser, f"/meetings/{meeting.id}", f"{where}/{access.id}/end")
    assert sign_in(expert).get(f"/meetings/{meeting.id}").status_code == 404
    assert sign_in(expert).get(f"/cases/{case.id}").status_code == 404
    assert waiting(meeting) == before


def test_it_is_opened_to_nobody_of_the_network_and_not_for_ever(sign_in: SignIn) -> None:
    (coordinator, case), where = a_coordinated_case(), "/cases/{}/external"
    browser, where = sign_in(coordinator), where.format(case.id)
    inside = post(browser, where, where, **typed(a_person()))
    too_long = post(browser, where, where, **typed(an_expert(), days=200))
    assert inside.status_code == too_long.status_code == 422
    assert "Choose a time within the next 90 days." in too_long.text
    assert not db.session.scalars(select(ExternalAccess)).unique().all()


def letters_to(expert: Person) -> list[Letter]:
    owed = select(Notice).where(Notice.person_id == expert.id, Notice.state == NoticeState.OWED)
    return [letter_of(each, base_url="https://b.example", mail_from="b@b.example") for each in db.session.scalars(owed)]


def test_an_expert_is_told_of_a_case_without_its_patient_and_finds_it_on_today(sign_in: SignIn) -> None:
    (coordinator, case), expert = a_coordinated_case(), an_expert()
    outside, where = sign_in(expert), f"/cases/{case.id}/external"
    assert "Nothing needs you today." in outside.get("/").text
    browser = sign_in(coordinator)
    assert "1 mail on the way, to the expert alone." in told(browser, post(browser, where, where, **typed(expert)))
    (letter,) = letters_to(expert)
    assert (letter.kind, letter.link) == (NoticeKind.OPENED, f"https://b.example/cases/{case.id}")
    assert case.patient is not None
    assert case.patient.family_name not in str(letter)
    page = outside.get("/").text
    assert case.patient.family_name in page
    assert f'href="/cases/{case.id}"' in page
    looks = select(AuditEntry).where(AuditEntry.act == AuditAct.CASES_LISTED, AuditEntry.person_id == expert.id)
    assert [entry.patient_ids for entry in db.session.scalars(looks)] == [[case.patient_id]]
    access = db.session.scalars(select(ExternalAccess)).unique().one()
    post(browser, f"/cases/{case.id}", f"{where}/{access.id}/end")
    assert letters_to(expert) == []
    assert case.patient.family_name not in outside.get("/").text


def test_an_experts_way_back_from_a_case_leads_where_they_may_go(sign_in: SignIn) -> None:
    (coordinator, case), expert = a_coordinated_case(), an_expert()
    where = f"/cases/{case.id}/external"
    post(sign_in(coordinator), where, where, **typed(expert))
    outside = sign_in(expert)
    links = set(re.findall(r'<a [^>]*href="(/[^"#]*)', main_part(outside.get(f"/cases/{case.id}"))))
    assert {link: outside.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_an_expert_is_told_of_a_planned_meeting_and_finds_it_among_theirs(sign_in: SignIn) -> None:
    (coordinator, case), expert = a_coordinated_case(), an_expert()
    meeting: Meeting = a_meeting(case.board)  # type: ignore[arg-type]
    browser, outside, where = sign_in(coordinator), sign_in(expert), f"/meetings/{meeting.id}/external"
    assert "1 mail on the way, to the expert alone." in told(browser, post(browser, where, where, **typed(expert)))
    (letter,) = letters_to(expert)
    assert (letter.kind, letter.link) == (NoticeKind.OPENED, f"https://b.example/meetings/{meeting.id}")
    for page in ("/", "/meetings"):
        shown = outside.get(page).text
        assert f'href="/meetings/{meeting.id}"' in shown
        assert "External expert" in shown
    a_listed_case(meeting, case)
    with transaction():
        agenda.publish(meeting, an_actor(coordinator), version=meeting.version)
    access = db.session.scalars(select(ExternalAccess)).unique().one()
    post(browser, f"/meetings/{meeting.id}", f"{where}/{access.id}/end")
    assert f"/meetings/{meeting.id}" not in outside.get("/meetings").text
    assert {each.kind for each in notices_of(meeting, NoticeState.OWED) if each.person_id == expert.id} == set()
