"""A question that asks nothing in particular is refused with two that do; every real one passes."""

import pytest

from tumorboard.domain.questions import refuse_empty_question
from tumorboard.errors import Refused
from tumorboard.vocabulary import TumorType


@pytest.mark.parametrize(
    "empty",
    [
        "Please discuss.",
        "please advise?",
        "Further management?",
        "How should we proceed?",
        "What would you do?",
        "Any thoughts on the best way forward?",
        "What are your recommendations for this patient?",
        "???",
        "",
    ],
)
def test_an_empty_question_is_refused_with_two_examples_of_its_tumor(empty: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_empty_question(empty, TumorType.BREAST)
    assert "“Chemotherapy first, or surgery first?” or “Is radiation" in refused.value.sentence


@pytest.mark.parametrize(
    "question",
    [
        "Treat now?",
        "Is treatment needed?",
        "Surgery?",
        "Watch and wait?",
        "Second biopsy?",
        "Transplant in first remission?",
    ],
)
def test_a_short_question_that_can_be_answered_passes(question: str) -> None:
    refuse_empty_question(question, TumorType.LYMPHOMA)
