"""Everybody who works in the invented hospitals. No name, address or MRN in this package belongs to anybody."""

from dataclasses import dataclass

from tumorboard.vocabulary import Discipline, Office

NEW_YORK, CHICAGO, LONDON = "America/New_York", "America/Chicago", "Europe/London"

PASSWORD = "seven seats, one patient"  # noqa: S105 - everybody's in the demo, as the README says; there are no such people elsewhere


@dataclass(frozen=True)
class HospitalRecord:
    name: str
    short_name: str
    time_zone: str
    imaging_template: str
    pathology_template: str
    holidays: str


@dataclass(frozen=True)
class PersonRecord:
    """Somebody at work. Family names are unique here: the other modules call people by them."""

    family_name: str
    given_name: str
    discipline: Discipline
    hospital: str
    time_zone: str
    office: Office | None = None

    @property
    def email(self) -> str:
        return f"{self.given_name[0]}.{self.family_name}@{self.hospital}.example".lower()


HOSPITALS = (
    HospitalRecord(
        "Larkmoor Hospital",
        "Larkmoor",
        NEW_YORK,
        "https://pacs.larkmoor.example/view?acc={number}",
        "https://slides.larkmoor.example/slide/{number}",
        "US-NY",
    ),
    HospitalRecord(
        "Eastmere Hospital",
        "Eastmere",
        CHICAGO,
        "https://images.eastmere.example/study/{number}",
        "",
        "US-IL",
    ),
)


def _larkmoor(family_name: str, given_name: str, discipline: Discipline, office: Office | None = None) -> PersonRecord:
    return PersonRecord(family_name, given_name, discipline, "Larkmoor", NEW_YORK, office)


def _eastmere(family_name: str, given_name: str, discipline: Discipline) -> PersonRecord:
    return PersonRecord(family_name, given_name, discipline, "Eastmere", CHICAGO)


PEOPLE = (
    _larkmoor("Sorrel", "Ada", Discipline.MEDICAL_ONCOLOGY),
    _larkmoor("Ashgrove", "Theo", Discipline.MEDICAL_ONCOLOGY),
    _larkmoor("Cloudesley", "Rupert", Discipline.MEDICAL_ONCOLOGY),
    _larkmoor("Rowanhill", "Sunniva", Discipline.HEMATOLOGY_ONCOLOGY),
    _larkmoor("Penhallow", "Simon", Discipline.SURGERY),
    _larkmoor("Fennimore", "Lucian", Discipline.SURGERY),
    _larkmoor("Vantongeren", "Lise", Discipline.RADIATION_ONCOLOGY),
    _larkmoor("Marlowe", "Petra", Discipline.PATHOLOGY),
    _larkmoor("Kestrel", "Ivo", Discipline.RADIOLOGY),
    _larkmoor("Oduya", "Grace", Discipline.NURSING),
    _larkmoor("Pellander", "Oskar", Discipline.NURSING),
    _larkmoor("Birdsong", "Tomas", Discipline.SOCIAL_WORK),
    _larkmoor("Quillon", "Hester", Discipline.GENETICS),
    _larkmoor("Greywether", "Padma", Discipline.PALLIATIVE_CARE),
    _larkmoor("Winterbourne", "Cyril", Discipline.PSYCHO_ONCOLOGY),
    _larkmoor("Lindgren-Okoro", "Maja", Discipline.CLINICAL_TRIALS),
    _larkmoor("Ledgerwood", "Ansel", Discipline.CANCER_REGISTRY),
    _larkmoor("Hazelden", "Ruth", Discipline.COORDINATION),
    _larkmoor("Inchbald", "Wendell", Discipline.COORDINATION),
    _larkmoor("Dunmore", "Felix", Discipline.ADMINISTRATION, Office.ADMINISTRATOR),
    _larkmoor("Thistlewood", "Basil", Discipline.ADMINISTRATION, Office.ADMINISTRATOR),
    _larkmoor("Watchett", "Perpetua", Discipline.PRIVACY, Office.PRIVACY_OFFICER),
    _eastmere("Tamarisk", "Jonas", Discipline.MEDICAL_ONCOLOGY),
    _eastmere("Brindle", "Saoirse", Discipline.MEDICAL_ONCOLOGY),
    _eastmere("Vale", "Corinne", Discipline.SURGERY),
    _eastmere("Stonecroft", "Edda", Discipline.SURGERY),
    _eastmere("Bellwether", "Amos", Discipline.SURGERY),
    _eastmere("Haverley", "Quentin", Discipline.RADIATION_ONCOLOGY),
    _eastmere("Okafor-Lind", "Chidi", Discipline.PATHOLOGY),
    _eastmere("Duskwell", "Marguerite", Discipline.RADIOLOGY),
    _eastmere("Silverthorn", "Bea", Discipline.NURSING),
    _eastmere("Amberley", "Ottoline", Discipline.SOCIAL_WORK),
    _eastmere("Applecross", "Nell", Discipline.NUTRITION),
    _eastmere("Redgrave-Moss", "Ines", Discipline.PHARMACY),
    _eastmere("Fairweather", "Noor", Discipline.COORDINATION),
    _eastmere("Lockridge", "Tobias", Discipline.COORDINATION),
    # Reads thoracic pathology for Larkmoor from home, and joins by video.
    PersonRecord("Halloway", "Imogen", Discipline.PATHOLOGY, "Larkmoor", LONDON),
)

ONE_FOR_EACH_ROLE = (
    ("Medical oncologist", "Sorrel"),
    ("Surgeon, chair of the Breast board", "Penhallow"),
    ("Surgeon, chair of the Gastrointestinal board", "Stonecroft"),
    ("Radiation oncologist", "Vantongeren"),
    ("Pathologist", "Marlowe"),
    ("Pathologist, by video", "Halloway"),
    ("Radiologist", "Kestrel"),
    ("Pathologist of the Gastrointestinal board", "Okafor-Lind"),
    ("Radiologist of the Gastrointestinal board", "Duskwell"),
    ("Nurse", "Oduya"),
    ("Social worker", "Birdsong"),
    ("Coordinator of the Breast board", "Hazelden"),
    ("Coordinator of the Thoracic board", "Inchbald"),
    ("Coordinator of the Gastrointestinal board", "Fairweather"),
    ("Coordinator of the Oncology board", "Lockridge"),
    ("Administrator", "Dunmore"),
    ("Administrator, the second", "Thistlewood"),
    ("Privacy officer", "Watchett"),
)
"""What the sign-in page of the demo offers, in this order: the role in words, and whose family name it is."""

MOVED_AWAY = "Redgrave-Moss"
"""On the Gastrointestinal board; her address is an old one, so that its delivery page shows what a failed mail is."""
