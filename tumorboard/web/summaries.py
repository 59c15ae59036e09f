"""One case on one page, to print."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from tumorboard.domain import cases
from tumorboard.paper.from_case import print_of, sheet_of
from tumorboard.paper.typeset import case_pdf
from tumorboard.storage.transaction import transaction
from tumorboard.vocabulary import AuditAct, CaseState, Permission
from tumorboard.web.access import actor, needs

blueprint = Blueprint("summaries", __name__, url_prefix="/cases/<uuid:case_id>/summary.pdf")


@blueprint.get("")
@needs(Permission.PRINT_CASE)
def show(case_id: UUID) -> Response:
    by = actor()
    with transaction():
        case = cases.open_case(case_id, by, Permission.PRINT_CASE, AuditAct.CASE_PRINTED)
        if case.state is CaseState.DRAFT:
            return redirect(url_for("cases.draft", case_id=case_id))
        return pdf_answer(case_pdf(sheet_of(case, by), print_of(by)), f"case-{case.number}.pdf")


def pdf_answer(pdf: bytes, file_name: str) -> Response:
    """A PDF that the browser shows; its name says nothing about a patient, and no copy stays in the browser's cache."""
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{file_name}"'})
