"""Boards: mine, or all for an administrator; one board."""

from datetime import timedelta
from html import unescape

from tests.conftest import SignIn
from tests.factories import a_board, a_case, a_listed_case, a_meeting, a_person
from tumorboard.vocabulary import BoardRole, Office


def test_boards_are_mine_and_an_administrator_sees_all(sign_in: SignIn) -> None:
    person = a_person()
    mine, other = a_board((person, BoardRole.CORE)), a_board()

    own = sign_in(person).get("/boards").text
    assert mine.full_name in own
    assert other.full_name not in own

    everything = sign_in(a_person(office=Office.ADMINISTRATOR)).get("/boards").text
    assert mine.full_name in everything
    assert other.full_name in everything


def test_a_board_shows_its_coming_meetings_with_their_number_of_cases(sign_in: SignIn) -> None:
    person = a_person()
    board = a_board((person, BoardRole.CORE))
    meeting = a_meeting(board)
    case = a_case(board, person)
    a_listed_case(meeting, case, minutes=9)

    page = sign_in(person).get(f"/boards/{board.slug}").text

    assert f"/meetings/{meeting.id}" in page
    assert "0 of 1" in page
    assert "9 of 90 min" in page
    assert case.patient.family_name not in page
    assert "Plan a meeting" not in page


def test_an_administrator_sees_the_board_and_its_mails_but_no_meeting(sign_in: SignIn) -> None:
    board = a_board((a_person(), BoardRole.COORDINATOR))
    meeting = a_meeting(board)
    browser = sign_in(a_person(office=Office.ADMINISTRATOR))

    page = browser.get(f"/boards/{board.slug}").text

    assert f'href="/meetings/{meeting.id}/notices"' in page
    assert f'href="/meetings/{meeting.id}"' not in page
    assert browser.get(f"/meetings/{meeting.id}/notices").status_code == 200
    assert browser.get(f"/meetings/{meeting.id}").status_code == 404


def test_past_meetings_of_a_board_stand_latest_first_under_a_tab_of_their_own(sign_in: SignIn) -> None:
    person = a_person()
    board = a_board((person, BoardRole.CORE))
    past = [a_meeting(board, starts_in=timedelta(days=-days)) for days in range(1, 28)]
    elsewhere = a_meeting(a_board(), starts_in=timedelta(days=-1))
    browser = sign_in(person)

    assert str(past[0].id) not in browser.get(f"/boards/{board.slug}").text
    first = browser.get(f"/boards/{board.slug}/meetings/past").text
    places = [first.index(f'"/meetings/{meeting.id}"') for meeting in past[:25]]
    assert places == sorted(places)
    assert str(past[25].id) not in first
    assert str(elsewhere.id) not in first

    second = browser.get(unescape(first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0])).text
    assert [str(meeting.id) in second for meeting in past[24:]] == [False, True, True]


def test_a_board_without_past_meetings_says_so(sign_in: SignIn) -> None:
    person = a_person()
    board = a_board((person, BoardRole.CORE))
    assert "No meeting of this board is over yet." in sign_in(person).get(f"/boards/{board.slug}/meetings/past").text


def test_somebody_of_another_board_finds_nothing_there(sign_in: SignIn) -> None:
    stranger = a_person()
    a_board((stranger, BoardRole.CHAIR))
    board = a_board((a_person(), BoardRole.COORDINATOR))
    browser = sign_in(stranger)
    for page in ("", "/members", "/meetings/new", "/meetings/past"):
        assert browser.get(f"/boards/{board.slug}{page}").status_code == 404


def test_what_needs_care_stands_first_and_the_list_can_be_sorted_and_filtered(sign_in: SignIn) -> None:
    person = a_person()
    calm, late = a_board((person, BoardRole.CORE)), a_board((person, BoardRole.CORE))
    a_meeting(calm, starts_in=timedelta(days=20))
    a_meeting(late, starts_in=timedelta(hours=3))
    browser = sign_in(person)

    page = browser.get("/boards").text
    assert page.index(late.full_name) < page.index(calm.full_name)
    assert "Over, not published" in page
    by_name = browser.get("/boards?order=name").text
    assert by_name.index(calm.full_name) < by_name.index(late.full_name)
    found = browser.get(f"/boards?name={late.name.lower()}&hospital={late.hospital_id}").text
    assert (late.full_name in found, calm.full_name in found) == (True, False)
    assert "No board is like this." in browser.get("/boards?name=dermatology").text
    assert browser.get("/boards?hospital=x&order=y&after=z").status_code == 200


def test_many_boards_come_page_by_page(sign_in: SignIn) -> None:
    person = a_person()
    boards = [a_board((person, BoardRole.CORE)) for _ in range(22)]
    browser = sign_in(person)

    first = browser.get("/boards?order=name").text
    rest = browser.get(unescape(first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0])).text

    assert all((f'"/boards/{board.slug}"' in first) != (f'"/boards/{board.slug}"' in rest) for board in boards)
    assert rest.count('class="tb-group-row"') == 2


def test_the_next_six_meetings_stand_with_the_board_and_the_others_in_the_list_of_dates(sign_in: SignIn) -> None:
    person = a_person()
    board = a_board((person, BoardRole.CORE))
    coming = [a_meeting(board, starts_in=timedelta(days=days)) for days in range(1, 28)]
    browser = sign_in(person)

    page = browser.get(f"/boards/{board.slug}").text
    assert [f'"/meetings/{meeting.id}"' in page for meeting in coming[5:7]] == [True, False]
    dates = browser.get(f"/boards/{board.slug}/series").text
    assert [f'"/meetings/{meeting.id}"' in dates for meeting in coming[19:21]] == [True, False]
    assert f'"/meetings/{coming[-1].id}"' in browser.get(f"/boards/{board.slug}/series?all=1").text
