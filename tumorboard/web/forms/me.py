"""One's own settings."""

from typing import Any

from wtforms import BooleanField

from tumorboard.domain.particulars import ChangeSettings
from tumorboard.storage.models import Person
from tumorboard.vocabulary import NoticeKind
from tumorboard.web.forms.base import Form, LineField, answered
from tumorboard.web.forms.choices import ListField
from tumorboard.web.forms.person import ZONE_CHOICES


class SettingsForm(Form):
    agenda = BooleanField("Later versions of an agenda")
    certification_ends = BooleanField("Board certifications that end")
    time_zone = ListField("Your zone", answered("Choose the time zone."), choices=ZONE_CHOICES)
    phone = LineField("Your phone, pager")
    keys = BooleanField("Single keys act on pages")

    def to_change(self) -> ChangeSettings:
        wanted = {NoticeKind.AGENDA: self.agenda.data, NoticeKind.CERTIFICATION_ENDS: self.certification_ends.data}
        return ChangeSettings(
            time_zone=self.time_zone.data,
            phone=self.phone.text,
            keys=self.keys.data,
            muted=tuple(kind for kind, is_wanted in wanted.items() if not is_wanted),
        )


def settings_of(person: Person) -> dict[str, Any]:
    """The person's settings as ``SettingsForm`` shows them."""
    return {
        "agenda": NoticeKind.AGENDA.value not in person.muted,
        "certification_ends": NoticeKind.CERTIFICATION_ENDS.value not in person.muted,
        "time_zone": person.time_zone,
        "phone": person.phone,
        "keys": person.keys,
    }
