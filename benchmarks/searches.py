"""*Find* while the cases grow: what a search costs must not follow how many there are (speed.md)."""

import random
from collections.abc import Iterator
from statistics import median

from sqlalchemy import Connection, create_engine, select, text

from benchmarks.figure import ROUNDS, Figure, seconds
from benchmarks.ground import Ground
from tumorboard import clock
from tumorboard.domain import searches
from tumorboard.domain.actor import Actor
from tumorboard.storage import row_level_security
from tumorboard.storage.db import db
from tumorboard.storage.models import Person
from tumorboard.storage.transaction import transaction
from tumorboard.web.forms.search import read_sought

FEW, MANY = 1_000, 100_000
SEARCHES = 40

_PATIENTS = """
INSERT INTO patient (id, family_name, given_name, birth_date, sex, created_at, restricted)
SELECT gen_random_uuid(), :prefix || lpad(n::text, 7, '0'), 'G' || n % 1000, date '1930-01-01' + n % 25000, 'female',
  now(), false
FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n
"""
_IDENTIFIERS = """
INSERT INTO patient_identifier (id, patient_id, hospital_id, mrn, mrn_key)
SELECT gen_random_uuid(), id, (SELECT id FROM hospital ORDER BY name LIMIT 1), family_name, upper(family_name)
FROM patient WHERE family_name LIKE :prefix || '%' AND id NOT IN (SELECT patient_id FROM patient_identifier)
"""
_CASES = """
INSERT INTO "case"
SELECT made.*
FROM patient
JOIN "case" model ON model.id = (SELECT id FROM "case" WHERE state = 'submitted' LIMIT 1)
CROSS JOIN LATERAL (SELECT substr(patient.family_name, 4)::int AS n) which
CROSS JOIN LATERAL jsonb_populate_record(model, jsonb_build_object(
  'id', gen_random_uuid(), 'patient_id', patient.id, 'number', 1000000 + n,
  'board_id', (SELECT id FROM board ORDER BY slug OFFSET n % 4 LIMIT 1))) made
WHERE patient.family_name LIKE :prefix || '%' AND NOT EXISTS (SELECT FROM "case" c WHERE c.patient_id = patient.id)
"""


def figures(ground: Ground) -> Iterator[Figure]:
    """The same searches by name with birth date, MRN and case number, with few cases and with many."""
    engine = create_engine(ground.owner_url, isolation_level="AUTOCOMMIT")
    with ground.app.app_context(), engine.connect() as owner:
        _grow(owner, 1, FEW)
        few = _search()
        _grow(owner, FEW + 1, MANY)
        yield Figure(f"a search in {MANY:,} cases / in {FEW:,} (reach 1.5)", _search(), few)
    engine.dispose()


def _grow(owner: Connection, first: int, last: int) -> None:
    for statement in (_PATIENTS, _IDENTIFIERS, _CASES):
        owner.execute(text(statement), {"prefix": "Zzz", "first": first, "last": last})
    owner.execute(text("VACUUM ANALYZE"))


def _search() -> float:
    """Seconds a search, the median of the rounds."""
    luck = random.Random(7)
    kinds = ("zzz{:07}", "zzz{:07} 01-Jan-1931", "case 1{:06}")
    texts = [kind.format(luck.randrange(1, FEW)) for kind in kinds for _ in range(SEARCHES)]
    person = db.session.scalars(select(Person).where(Person.email == "r.hazelden@larkmoor.example")).one()

    def search() -> None:
        for each in texts:
            with transaction():
                by = Actor(person, clock.now(), "bench", "127.0.0.1")
                row_level_security.show_to(person.id, by.at)
                searches.find(read_sought(each), by)

    search()
    return median(seconds(search) for _ in range(ROUNDS)) / len(texts)
