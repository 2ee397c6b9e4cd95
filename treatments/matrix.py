"""The facts as staff edit them: one table of treatments and scar types. Each change becomes a draft of its treatment."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from treatments.choices import Evidence, Fit
from treatments.models import ScarFit, ScarTypePage, TreatmentPage

MAX_NOTE = ScarFit._meta.get_field("note").max_length or 0


@dataclass
class Cell:
    """What is said of one pair, as it stands in the form."""

    name: str
    scar_type: ScarTypePage
    fit: str = ""
    evidence: str = Evidence.LIMITED
    note: str = ""
    error: str = ""

    def read(self, data: QueryDict) -> None:
        """Take what was typed, and say what is wrong with it."""
        self.fit = data.get(f"fit-{self.name}", "")
        self.evidence = data.get(f"evidence-{self.name}", "") or Evidence.LIMITED
        self.note = data.get(f"note-{self.name}", "").strip()
        if (self.fit and self.fit not in Fit.values) or self.evidence not in Evidence.values:
            self.error = _("Choose one of the list.")
        elif len(self.note) > MAX_NOTE:
            self.error = _("At most %(count)s characters.") % {"count": MAX_NOTE}
        elif self.note and not self.fit:
            self.error = _("A note needs a judgement: choose how well it fits.")

    @property
    def value(self) -> tuple[str, str, str]:
        """What would be stored. Without a fit, nothing is."""
        return (self.fit, self.evidence, self.note) if self.fit else ("", "", "")


@dataclass
class Column:
    """One treatment, as its newest draft has it."""

    page: TreatmentPage
    draft: TreatmentPage
    locked: bool
    cells: list[Cell] = field(default_factory=list)
    before: list[tuple[str, str, str]] = field(default_factory=list)
    error: str = ""

    @property
    def changed(self) -> bool:
        """Whether the form says something else than the draft."""
        return [cell.value for cell in self.cells] != self.before


class Matrix:
    """All treatments that somebody may edit, against all scar types."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.scar_types = list(ScarTypePage.objects.filter(alias_of=None).order_by("path").defer_streamfields())
        pages = TreatmentPage.objects.filter(alias_of=None).order_by("path").select_related("latest_revision")
        self.columns = [self.column(page) for page in pages if page.permissions_for_user(user).can_edit()]

    def column(self, page: TreatmentPage) -> Column:
        """A treatment with its cells, from its newest draft."""
        draft = page.get_latest_revision_as_object()
        lock = page.get_lock()
        column = Column(page=page, draft=draft, locked=bool(lock and lock.for_user(self.user)))
        fits = {fit.scar_type_id: fit for fit in draft.scar_fits.all()}
        for scar_type in self.scar_types:
            cell = Cell(name=f"{page.pk}-{scar_type.pk}", scar_type=scar_type)
            if fit := fits.get(scar_type.pk):
                cell.fit, cell.evidence, cell.note = fit.fit, fit.evidence, fit.note
            column.cells.append(cell)
        column.before = [cell.value for cell in column.cells]
        return column

    @property
    def rows(self) -> list[tuple[ScarTypePage, list[tuple[Column, Cell]]]]:
        """The table as it is drawn: a scar type a row."""
        return [
            (scar_type, [(column, column.cells[number]) for column in self.columns]) for number, scar_type in enumerate(self.scar_types)
        ]

    def read(self, data: QueryDict) -> bool:
        """Take what was typed. False where something has to be mended first; every message stands where it belongs."""
        for column in self.columns:
            if column.locked:
                continue
            for cell in column.cells:
                cell.read(data)
            if column.changed and data.get(f"revision-{column.page.pk}") != str(column.page.latest_revision_id):
                column.error = _(
                    "Somebody changed this treatment while you were here. Copy your changes, load the page again and repeat them."
                )
        return not any(column.error or any(cell.error for cell in column.cells) for column in self.columns)

    @transaction.atomic
    def save(self, submit: bool) -> list[TreatmentPage]:
        """Make a draft of each changed treatment, and hand it to the review where that is wished. Returns them."""
        changed = [column for column in self.columns if column.changed and not column.locked]
        for column in changed:
            self.save_column(column)
            if submit:
                self.submit(column.page)
        return [column.page for column in changed]

    def submit(self, page: TreatmentPage) -> None:
        """To the clinician; one that was sent back goes on where it was."""
        state = page.current_workflow_state
        workflow = page.get_workflow()
        if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
            state.resume(self.user)
        elif state is None and workflow is not None:
            workflow.start(page, self.user)

    def save_column(self, column: Column) -> None:
        """The treatment's newest draft with these facts, its other rows' references and order kept."""
        existing = {fit.scar_type_id: fit for fit in column.draft.scar_fits.all()}
        rows: list[ScarFit] = []
        for cell in column.cells:
            if not cell.fit:
                continue
            row = existing.get(cell.scar_type.pk) or ScarFit(scar_type_id=cell.scar_type.pk)
            row.fit, row.evidence, row.note, row.sort_order = cell.fit, cell.evidence, cell.note, len(rows)
            rows.append(row)
        setattr(column.draft, "scar_fits", rows)  # noqa: B010 a relation of a page is set in memory and stored with it
        column.draft.change_note = _("Facts changed in the table.")
        try:
            column.draft.save_revision(user=self.user, log_action=True)
        except ValidationError:
            # Another field of the draft is not finished; a draft may be so.
            column.draft.save_revision(user=self.user, log_action=True, clean=False)
        column.page.refresh_from_db()
