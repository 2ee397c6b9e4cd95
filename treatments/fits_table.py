"""The table in which staff edit the fits of all treatments and scar types. Each change becomes a draft of its treatment."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from common.types import Visitor
from treatments.choices import Evidence, Fit
from treatments.models import ScarFit, ScarTypePage, TreatmentPage

MAX_NOTE_LENGTH = ScarFit._meta.get_field("note").max_length or 0


@dataclass
class Cell:
    """The form values of one treatment and one scar type."""

    name: str
    scar_type: ScarTypePage
    fit: str = ""
    evidence: str = Evidence.LIMITED
    note: str = ""
    error: str = ""

    def read(self, data: QueryDict) -> None:
        """Read the submitted values, and set `error` where one is invalid."""
        self.fit = data.get(f"fit-{self.name}", "")
        self.evidence = data.get(f"evidence-{self.name}", "") or Evidence.LIMITED
        self.note = data.get(f"note-{self.name}", "").strip()
        if (self.fit and self.fit not in Fit.values) or self.evidence not in Evidence.values:
            self.error = _("Choose one of the list.")
        elif len(self.note) > MAX_NOTE_LENGTH:
            self.error = _("At most %(count)s characters.") % {"count": MAX_NOTE_LENGTH}
        elif self.note and not self.fit:
            self.error = _("A note needs a judgement: choose how well it fits.")

    @property
    def value(self) -> tuple[str, str, str]:
        """Fit, evidence and note to store. All are empty without a fit, since no row is stored then."""
        return (self.fit, self.evidence, self.note) if self.fit else ("", "", "")


@dataclass
class Column:
    """One treatment with its cells, from its latest revision."""

    page: TreatmentPage
    draft: TreatmentPage
    locked: bool
    cells: list[Cell] = field(default_factory=list)
    initial_values: list[tuple[str, str, str]] = field(default_factory=list)
    error: str = ""

    @property
    def has_changed(self) -> bool:
        """Whether the form differs from the draft."""
        return [cell.value for cell in self.cells] != self.initial_values


class FitsTable:
    """The treatments that a user may edit as columns, and all scar types as rows."""

    def __init__(self, user: Visitor) -> None:
        self.user = user
        self.scar_types = list(ScarTypePage.objects.filter(alias_of=None).order_by("path").defer_streamfields())
        pages = TreatmentPage.objects.filter(alias_of=None).order_by("path").select_related("latest_revision")
        self.columns = [self.make_column(page) for page in pages if page.permissions_for_user(user).can_edit()]

    def make_column(self, page: TreatmentPage) -> Column:
        """The column of a treatment, with the values of its latest revision."""
        draft = page.get_latest_revision_as_object()
        lock = page.get_lock()
        column = Column(page=page, draft=draft, locked=bool(lock and lock.for_user(self.user)))
        fits = {fit.scar_type_id: fit for fit in draft.scar_fits.all()}
        for scar_type in self.scar_types:
            cell = Cell(name=f"{page.pk}-{scar_type.pk}", scar_type=scar_type)
            if fit := fits.get(scar_type.pk):
                cell.fit, cell.evidence, cell.note = fit.fit, fit.evidence, fit.note
            column.cells.append(cell)
        column.initial_values = [cell.value for cell in column.cells]
        return column

    @property
    def rows(self) -> list[tuple[ScarTypePage, list[tuple[Column, Cell]]]]:
        """The rows for the template: each scar type with the column and cell of every treatment."""
        return [(scar_type, [(column, column.cells[index]) for column in self.columns]) for index, scar_type in enumerate(self.scar_types)]

    def read(self, data: QueryDict) -> bool:
        """Read the submitted values. Returns False where something is invalid; the cell or column then has an `error`."""
        for column in self.columns:
            if column.locked:
                continue
            for cell in column.cells:
                cell.read(data)
            if column.has_changed and data.get(f"revision-{column.page.pk}") != str(column.page.latest_revision_id):
                column.error = _(
                    "Somebody changed this treatment while you were here. Copy your changes, load the page again and repeat them."
                )
        return not any(column.error or any(cell.error for cell in column.cells) for column in self.columns)

    @transaction.atomic
    def save(self, submit: bool) -> list[TreatmentPage]:
        """Save a draft of each changed treatment, and submit it for review where `submit` is true. Returns the changed treatments."""
        changed_columns = [column for column in self.columns if column.has_changed and not column.locked]
        for column in changed_columns:
            self.save_column(column)
            if submit:
                self.submit(column.page)
        return [column.page for column in changed_columns]

    def submit(self, page: TreatmentPage) -> None:
        """Start the review workflow. One that the clinician sent back for changes resumes at the same task."""
        state = page.current_workflow_state
        workflow = page.get_workflow()
        if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
            state.resume(self.user)
        elif state is None and workflow is not None:
            workflow.start(page, self.user)

    def save_column(self, column: Column) -> None:
        """Save a revision of the draft with these fits. Existing rows are reused, so that their references stay."""
        existing_fits = {fit.scar_type_id: fit for fit in column.draft.scar_fits.all()}
        fits: list[ScarFit] = []
        for cell in column.cells:
            if not cell.fit:
                continue
            fit = existing_fits.get(cell.scar_type.pk) or ScarFit(scar_type_id=cell.scar_type.pk)
            fit.fit, fit.evidence, fit.note, fit.sort_order = cell.fit, cell.evidence, cell.note, len(fits)
            fits.append(fit)
        setattr(column.draft, "scar_fits", fits)  # noqa: B010 mypy does not know that modelcluster relations can be assigned
        column.draft.change_note = _("Facts changed in the table.")
        try:
            column.draft.save_revision(user=self.user, log_action=True)
        except ValidationError:
            # Another field of the draft is incomplete, which is allowed in a draft.
            column.draft.save_revision(user=self.user, log_action=True, clean=False)
        column.page.refresh_from_db()
