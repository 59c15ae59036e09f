"""What a letter says, in both of its forms."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from tests.mail.letters import AGENDA, CANCELLED, INVITATION, KINDS, MOVED, ROOM_CHANGED, SERIES_LETTERS, in_kolkata
from tumorboard.mail import wording

every_kind = pytest.mark.parametrize(
    "letter", [pytest.param(letter, id=name) for name, letter in (KINDS | SERIES_LETTERS).items()]
)


class _Reader(HTMLParser):
    """The words that a reader of the page sees, and where its links go."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "a":
            self.links.append(attributes["href"])
        if tag in {"style", "title"} or attributes.get("class") == "preheader":
            self._hidden = 1

    def handle_endtag(self, tag):
        if tag in {"style", "title", "div"}:
            self._hidden = 0

    def handle_data(self, data):
        if not self._hidden:
            self.words += re.findall(r"\w+", data)


def page(letter) -> _Reader:
    reader = _Reader()
    reader.feed(wording.html(letter))
    return reader


def is_in_order(part, whole) -> bool:
    """Whether all words of ``part`` come in ``whole`` in their order, with others in between."""
    rest = iter(whole)
    return all(word in rest for word in part)


@every_kind
def test_the_page_says_all_that_the_text_says_in_the_same_order(letter):
    facts = wording.text(letter).partition("\n\nNothing about a patient")[0]
    facts = facts.removesuffix(f"\n{letter.answer_link}")  # on the page a sentence is the link
    said = [paragraph for paragraph in facts.split("\n\n") if "sign in" not in paragraph]
    words = [word.casefold() for word in re.findall(r"\w+", " ".join(said))]
    assert is_in_order(words, [word.casefold() for word in page(letter).words])


@every_kind
def test_there_is_one_button_and_its_address_in_clear(letter):
    reader = page(letter)
    beside = [letter.answer_link] if "without signing in" in wording.text(letter) else []
    assert reader.links == [letter.link, letter.link, *beside]
    for address in (letter.link, *beside):
        assert wording.text(letter).split().count(address) == 1
    assert wording.html(letter).count('class="button"') == 1


@every_kind
def test_the_text_has_lines_of_76_columns_at_most(letter):
    for line in wording.text(letter).splitlines():
        assert len(line) <= 76 or "https://" in line


@every_kind
def test_both_end_with_why_and_with_the_wish_to_leave_patients_out(letter):
    for said in (" ".join(wording.text(letter).split()), " ".join(wording.html(letter).split())):
        assert "Nothing about a patient is in this mail, by design; please leave patients out when you reply." in said
        assert f"Sent because {letter.reason}. Coordinator: {letter.coordinator}." in said


def test_a_board_without_a_coordinator_names_none():
    letter = replace(INVITATION, coordinator="")
    assert "Coordinator" not in wording.text(letter) + wording.html(letter)


@every_kind
def test_the_page_needs_no_style_sheet_script_or_picture(letter):
    html = wording.html(letter)
    assert not re.search(r"<(script|img|link|iframe|form)\b", html)
    assert html.count("<style") == 1
    assert "prefers-color-scheme: dark" in html
    assert 'style="display: inline-block;' in html


def test_a_reader_on_other_clocks_sees_the_boards_time_beside():
    text = wording.text(in_kolkata(INVITATION))
    assert "Wednesday 25-Nov-2026, 23:30 to Thursday 26-Nov-2026, 01:00 IST" in text
    assert "Board time: Wednesday 25-Nov-2026, 13:00 to 14:30 EST" in text
    assert "Board time: Wednesday 25-Nov-2026, 13:00 to 14:30 EST" in wording.html(in_kolkata(INVITATION))


def test_a_reader_on_the_same_clocks_sees_one_time():
    assert "Board time" not in wording.text(replace(INVITATION, zone="America/Toronto"))


def test_clocks_that_part_during_the_meeting_are_both_said():
    """Phoenix and Denver agree until 02:00 of 08-Mar-2026, when Denver goes on to summer time."""
    start = datetime(2026, 3, 8, 8, 30, tzinfo=UTC)
    letter = replace(
        INVITATION,
        zone="America/Phoenix",
        board_zone="America/Denver",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
    )
    text = wording.text(letter)
    assert "Sunday 08-Mar-2026, 01:30 to 02:30 MST (Arizona Time, UTC-7)" in text
    assert "Board time: Sunday 08-Mar-2026, 01:30 MST to 03:30 MDT" in text


def test_a_move_over_the_change_of_clocks_says_both_zones():
    letter = replace(
        MOVED,
        was_starts_at=datetime(2026, 10, 30, 12, 0, tzinfo=UTC),
        was_ends_at=datetime(2026, 10, 30, 13, 0, tzinfo=UTC),
        starts_at=datetime(2026, 11, 2, 13, 0, tzinfo=UTC),
        ends_at=datetime(2026, 11, 2, 14, 0, tzinfo=UTC),
    )
    assert wording.subject(letter) == "Moved: Breast board, from 30-Oct-2026 08:00 EDT to 02-Nov-2026 08:00 EST"


def test_a_new_room_is_no_move_and_asks_for_no_new_answer():
    assert wording.subject(ROOM_CHANGED) == "Changed: Breast board, 25-Nov-2026 13:00 EST"
    text = wording.text(ROOM_CHANGED)
    assert "Where Room Birch 1, or by the video link in your calendar\n      Not Room Aspen 2 any more.\n" in text
    assert "answer" not in text


@pytest.mark.parametrize(
    ("was_room", "room", "was_link", "link", "said"),
    [
        ("Aspen 2", "Aspen 2", "https://video.example/1", "https://video.example/2", "The video link is new."),
        ("Aspen 2", "Aspen 2", "https://video.example/1", "", "There is no video link any more."),
        ("Aspen 2", "", "", "https://video.example/1", "Not Aspen 2 any more. The video link is new."),
        ("", "Birch 1", "", "", "The room is new."),
    ],
)
def test_a_mail_about_another_place_says_what_is_new(was_room, room, was_link, link, said):
    letter = replace(ROOM_CHANGED, was_room=was_room, room=room, was_video_link=was_link, video_link=link)
    for text in (" ".join(wording.text(letter).split()), " ".join(wording.html(letter).split())):
        assert said in text
        assert "has changed" in text


def test_a_move_that_keeps_its_place_says_nothing_new_of_it():
    letter = replace(MOVED, was_room=MOVED.room, was_video_link=MOVED.video_link)
    assert wording.text(letter) == wording.text(MOVED)


@pytest.mark.parametrize(
    ("room", "video_link", "said"),
    [
        ("Room Aspen 2", "https://video.example/1", "Room Aspen 2, or by the video link in your calendar"),
        ("Room Aspen 2", "", "Room Aspen 2"),
        ("", "https://video.example/1", "By the video link in your calendar"),
        ("", "", "The place is not known yet"),
    ],
)
def test_the_place_is_said(room, video_link, said):
    assert said in wording.text(replace(INVITATION, room=room, video_link=video_link)).splitlines()


@pytest.mark.parametrize(
    ("cases", "said"),
    [(4, "Its 4 cases are back in the queue"), (1, "Its 1 case is back in the queue")],
)
def test_a_cancelled_meeting_says_what_happens_to_its_cases(cases, said):
    letter = replace(CANCELLED, returned_cases=cases)
    assert said in wording.text(letter)
    assert said in wording.html(letter)


def test_a_cancelled_meeting_without_cases_speaks_of_none():
    assert "case" not in wording.text(replace(CANCELLED, returned_cases=0))


def test_a_first_agenda_has_no_changes():
    assert "CHANGED" not in wording.text(replace(AGENDA, agenda_version=1, changes=()))


def test_what_people_typed_is_text_and_never_markup():
    letter = replace(MOVED, board='<img src=x onerror="alert(1)">', why="</td><script>alert(1)</script>{{ 7 * 7 }}")
    html = wording.html(letter)
    assert "<img" not in html
    assert "<script" not in html
    assert "{{ 7 * 7 }}" in html
