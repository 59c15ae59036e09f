"""The directory, a person's page, and changing what is known of somebody."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from tests.conftest import SignIn
from tests.factories import (
    a_board,
    a_care_team_member,
    a_hospital,
    a_meeting,
    a_patient,
    a_person,
    an_actor,
    an_instant,
)
from tests.web.pages import filled_in, post, token, told
from tumorboard.domain import audit
from tumorboard.storage.db import db
from tumorboard.storage.models import AuditEntry, Notice, Person
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, BoardRole, Discipline, NoticeKind, Office


def named(family_name: str, **known: object) -> Person:
    person = a_person()
    person.family_name = family_name
    for name, value in known.items():
        setattr(person, name, value)
    db.session.commit()
    return person


def test_somebody_is_found_by_name_address_or_phone_and_by_discipline_hospital_and_board(sign_in: SignIn) -> None:
    hospital = a_hospital("Eastmere")
    marlowe = named("Marlowe", phone="pager 4471", discipline=Discipline.PATHOLOGY, hospital=hospital)
    kestrel = named("Kestrel", email="i.kestrel@larkmoor.example", other_disciplines=["pathology"])
    board = a_board((marlowe, BoardRole.CORE))
    browser = sign_in(kestrel)

    def found(**query: object) -> set[str]:
        page = browser.get("/people", query_string=query).text
        return {each.family_name for each in (marlowe, kestrel) if f'href="/people/{each.id}"' in page}

    assert found(text="marl ada") == {"Marlowe"}
    assert found(text="4471") == {"Marlowe"}
    assert found(text="I.KESTREL@") == {"Kestrel"}
    assert found(text="%") == set()
    assert found(discipline="pathology") == {"Marlowe", "Kestrel"}
    assert found(hospital=hospital.id) == {"Marlowe"}
    assert found(board=board.id) == {"Marlowe"}
    assert found(sort="'; drop table", tab="x", after="y", discipline="\0") == {"Marlowe", "Kestrel"}


def test_a_text_too_long_to_search_is_said_to_be_and_stays_as_it_was_typed(sign_in: SignIn) -> None:
    browser, typed = sign_in(named("Marlowe")), "marlowe " * 10 + "kestrel"
    answer = browser.get("/people", query_string={"text": typed})
    assert answer.status_code == 422
    assert "7 characters too many. Shorten this to 80; nothing was cut off." in answer.text
    assert f'value="{typed}"' in answer.text
    assert "Nobody is found." not in answer.text
    assert browser.get("/people", query_string={"text": typed[:80]}).status_code == 200


@pytest.mark.parametrize("sort", ["name", "newest", "certification"])
def test_every_person_stands_on_one_page_of_the_directory(sign_in: SignIn, sort: str) -> None:
    hospital = a_hospital()
    people = [named(f"Ash{number % 4}", hospital=hospital) for number in range(30)]
    people[3].certified_until = date(2030, 1, 1)
    db.session.commit()
    browser, seen, following = sign_in(people[0]), [], f"/people?sort={sort}"
    while following:
        page = browser.get(following).text
        seen += [str(person.id) for person in people if f'href="/people/{person.id}"' in page]
        head, _, rest = page.partition('rel="next"')
        following = head.rpartition('href="')[2].partition('"')[0].replace("&amp;", "&") if rest else ""
    assert sorted(seen) == sorted(str(person.id) for person in people)


def test_the_directory_costs_as_many_queries_for_one_as_for_twenty(sign_in: SignIn) -> None:
    administrator = a_person(office=Office.ADMINISTRATOR)
    browser = sign_in(administrator)

    def cost() -> int:
        asked: list[object] = []
        event.listen(db.engine, "before_cursor_execute", lambda *_: asked.append(1))
        assert browser.get("/people").status_code == 200
        return len(asked)

    browser.get("/people")
    one = cost()
    for _ in range(20):
        a_board((a_person(), BoardRole.CORE))
    # each listener counts once more, so the second figure holds twice its queries
    assert cost() <= one + 2


def test_an_administrator_sees_how_many_patients_somebody_has_and_never_whom(sign_in: SignIn) -> None:
    nurse, patient = a_person(discipline=Discipline.NURSING), a_patient("Quillfeather")
    a_care_team_member(patient, nurse)
    a_meeting(a_board((nurse, BoardRole.CORE)))
    for office in (Office.ADMINISTRATOR, Office.PRIVACY_OFFICER):
        page = sign_in(a_person(office=office)).get(f"/people/{nurse.id}").text
        assert "1 patient." in page
        assert "Quillfeather" not in page
    assert "Care teams" not in sign_in(a_person()).get(f"/people/{nurse.id}").text


def test_an_expert_from_outside_sees_no_directory(sign_in: SignIn) -> None:
    browser = sign_in(named("Wren", external=True))
    assert browser.get("/people").status_code == 403
    assert browser.get(f"/people/{a_person().id}").status_code == 403


def edit(browser, person: Person, **typed: str):  # type: ignore[no-untyped-def]
    page = f"/people/{person.id}/edit"
    known = filled_in(browser.get(page).text, page)
    chosen = {"discipline": person.discipline.value, "hospital": str(person.hospital_id), "time_zone": "Europe/Berlin"}
    return browser.post(page, data=known | chosen | typed)


def test_an_administrator_changes_what_is_known_and_the_page_says_who_did(sign_in: SignIn) -> None:
    person, administrator = named("Marlowe"), named("Dunmore", office=Office.ADMINISTRATOR)
    browser = sign_in(administrator)
    page = told(browser, edit(browser, person, certification="Anatomic pathology", certified_until="31-Dec-2040"))
    db.session.expire_all()

    assert (person.time_zone, person.certified_until) == ("Europe/Berlin", date(2040, 12, 31))
    assert "Changed: certification, certified until, time zone by Dunmore, Ada" in page


@pytest.mark.parametrize("day", ["01-Jan-0001", "31-Dec-9999"])
def test_a_certification_of_a_year_that_cannot_be_is_asked_about(sign_in: SignIn, day: str) -> None:
    person = named("Marlowe")
    answer = edit(sign_in(named("Dunmore", office=Office.ADMINISTRATOR)), person, certified_until=day)
    assert answer.status_code == 422
    assert "Check the year: it is from" in answer.text
    assert f'value="{day}"' in answer.text
    db.session.expire_all()
    assert person.certified_until is None


def test_a_persons_history_names_the_board_of_a_place(sign_in: SignIn) -> None:
    person = named("Marlowe")
    board, administrator = a_board(), named("Dunmore", office=Office.ADMINISTRATOR)
    with transaction():
        audit.record(an_actor(administrator), AuditAct.MEMBERS_CHANGED, subjects=[board.id, person.id])
    assert f"Place on the {board.full_name} changed" in sign_in(administrator).get(f"/people/{person.id}").text


def test_a_field_that_the_page_does_not_have_changes_nothing(sign_in: SignIn) -> None:
    person, browser = named("Marlowe"), sign_in(a_person(office=Office.ADMINISTRATOR))
    for forged in (
        {"office": "administrator"},
        {"email": "x@evil.example"},
        {"external": "y"},
        {"deactivated_at": "x"},
    ):
        assert edit(browser, person, family_name="Other", **forged).status_code == 422
    own = sign_in(person)
    known = filled_in(own.get("/me").text, "/me")
    for forged in ({"office": "administrator"}, {"discipline": "surgery"}, {"hospital": str(a_hospital().id)}):
        assert own.post("/me", data=known | {"time_zone": "UTC"} | forged).status_code == 422
    db.session.expire_all()
    assert (person.office, person.family_name, person.time_zone) == (None, "Marlowe", "America/New_York")
    assert not db.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.PERSON_CHANGED)).all()


def test_of_two_who_edit_one_person_the_second_is_told(sign_in: SignIn) -> None:
    person, browser = named("Marlowe"), sign_in(a_person(office=Office.ADMINISTRATOR))
    page = f"/people/{person.id}/edit"
    stale = filled_in(browser.get(page).text, page)
    told(browser, edit(browser, person, phone="555 0148"))
    chosen = {"discipline": "pathology", "hospital": str(person.hospital_id), "time_zone": "UTC"}
    answer = browser.post(page, data=stale | chosen | {"csrf_token": token(browser)})

    assert answer.status_code == 422
    assert "Somebody else changed this person meanwhile." in answer.text
    assert "Saved meanwhile: 555 0148." in answer.text
    db.session.expire_all()
    assert person.phone == "555 0148"
    told(browser, browser.post(page, data=filled_in(answer.text, page) | chosen | {"phone": "555 0149"}))
    db.session.expire_all()
    assert person.phone == "555 0149"


def test_a_certification_that_ends_is_said_on_the_page_and_in_the_directory(sign_in: SignIn) -> None:
    day = (an_instant() + timedelta(days=38)).date()
    person, browser = named("Marlowe", certified_until=day), sign_in(a_person(office=Office.ADMINISTRATOR))
    assert (
        "in 38 days" in browser.get(f"/people/{person.id}").text
        or "in 39 days" in browser.get(f"/people/{person.id}").text
    )
    assert "Marlowe" in browser.get("/people?tab=certification").text


def test_an_administrator_signs_somebody_out_everywhere_and_they_are_told(sign_in: SignIn) -> None:
    person, browser = a_person(), sign_in(a_person(office=Office.ADMINISTRATOR))
    there = sign_in(person)
    page = f"/people/{person.id}"
    answer = post(browser, page, f"{page}/sessions/end")
    assert "Signed out in 1 place." in told(browser, answer)
    assert there.get("/").status_code == 302
    assert db.session.scalars(select(Notice.person_id).where(Notice.kind == NoticeKind.ACCOUNT_CHANGED)).all() == [
        person.id
    ]
