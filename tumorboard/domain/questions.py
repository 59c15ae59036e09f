"""The question that a case puts to its board: one that can be answered."""

import re

from tumorboard.errors import Code, Refused
from tumorboard.vocabulary import TumorType

_EMPTY_WORDS = frozenset(
    [
        "a",
        "about",
        "advice",
        "and",
        "any",
        "board",
        "case",
        "comments",
        "consider",
        "decision",
        "decide",
        "discuss",
        "discussed",
        "discussion",
        "for",
        "further",
        "help",
        "i",
        "idea",
        "ideas",
        "in",
        "input",
        "it",
        "kindly",
        "management",
        "mdt",
        "meeting",
        "my",
        "new",
        "next",
        "of",
        "on",
        "opinion",
        "our",
        "patient",
        "plan",
        "planning",
        "please",
        "proceed",
        "question",
        "recommendation",
        "recommendations",
        "review",
        "see",
        "steps",
        "suggestions",
        "tb",
        "thank",
        "thanks",
        "the",
        "this",
        "thoughts",
        "to",
        "treatment",
        "tumor",
        "tumour",
        "us",
        "we",
        "what",
        "with",
        "you",
        "your",
    ]
)
"""A question of these words alone asks the board nothing in particular: "Please discuss", "Further management?"."""

_EXAMPLES = {
    TumorType.BREAST: ("Chemotherapy first, or surgery first?", "Is radiation of the axilla needed after pN1mi?"),
    TumorType.LUNG: ("Resection after response to chemo-immunotherapy?", "Stereotactic radiation, or lobectomy?"),
    TumorType.RECTUM: ("Total neoadjuvant treatment, or surgery first?", "Watch and wait after complete response?"),
    TumorType.PROSTATE: ("Active surveillance, or treatment now?", "Salvage radiation at PSA 0.3 ng/ml?"),
    TumorType.LYMPHOMA: ("Treat now, or watch and wait?", "Is biopsy of the PET-positive node needed?"),
    TumorType.LEUKEMIA: ("Intensive induction, or azacitidine and venetoclax?", "Transplant in first remission?"),
    TumorType.GLIOMA: ("Second resection, or radiochemotherapy now?", "Is this progression or pseudoprogression?"),
    TumorType.HIGH_RISK: ("Risk-reducing surgery, or intensified screening?", "Is chemoprevention advised?"),
}
_ANY = ("Surgery first, or systemic treatment first?", "Is adjuvant treatment needed after R1 resection?")


def refuse_empty_question(question: str, tumor_type: TumorType) -> None:
    """Refuses a question that asks nothing in particular, with two examples of such that do."""
    if not all(word in _EMPTY_WORDS for word in re.findall(r"[a-z]+", question.lower())):
        return
    first, second = _EXAMPLES.get(tumor_type, _ANY)
    raise Refused(Code.WRONG, f"Write what is to be decided, such as: “{first}” or “{second}”", field="question")
