"""Verifying the access log: whether an entry was altered, removed or cut off, and since when that is certain."""

import hmac
from dataclasses import dataclass, field

from consultations.access_log import entry_hash, keyed_hash, record_keys
from consultations.models.access_log import AccessLogEntry, AccessLogHead
from consultations.noted_heads import NotedHead, noted_heads

CHUNK_SIZE = 2000


@dataclass
class Verdict:
    """The result of verifying the whole access log."""

    entries: int = 0
    #: Where the log ends, as `number:hash`.
    head: str = ""
    #: The newest head that was noted outside the database and is in the log. None where none was noted.
    sure_until: NotedHead | None = None
    problems: list[str] = field(default_factory=list)


class Verification:
    """One pass over the log, entry by entry."""

    def __init__(self, earlier_head: str) -> None:
        self.keys = record_keys()
        self.verdict = Verdict()
        self.previous_hash, self.expected_number = "", 1
        self.noted: dict[int, NotedHead] = {noted.number: noted for noted in noted_heads()}
        number, _colon, chain_hash = earlier_head.partition(":")
        if earlier_head:
            self.noted[int(number) if number.isdecimal() else 0] = NotedHead("", int(number) if number.isdecimal() else 0, chain_hash)

    def check_entry(self, entry: AccessLogEntry) -> None:
        """Compare one entry with its hash, its number and the heads noted at it."""
        problems = self.verdict.problems
        if entry.number != self.expected_number:
            problems.append(f"entries {self.expected_number} to {entry.number - 1} are missing")
        fitting = [key for key in self.keys if hmac.compare_digest(entry.chain_hash, entry_hash(key, self.previous_hash, entry))]
        if fitting:
            # Whoever learns an earlier key must not be able to add entries after those of a newer one.
            self.keys = self.keys[: self.keys.index(fitting[0]) + 1]
        else:
            problems.append(f"entry {entry.number} was altered, or one before it is missing")
        if (noted := self.noted.get(entry.number)) and noted.chain_hash == entry.chain_hash:
            self.verdict.sure_until = noted
            del self.noted[entry.number]
        self.previous_hash, self.expected_number = entry.chain_hash, entry.number + 1
        self.verdict.entries += 1

    def check_end(self, head: AccessLogHead) -> None:
        """Compare the end of the log with the head row, and with the heads that were noted and not met."""
        problems = self.verdict.problems
        if self.verdict.entries or head.number:
            if head.number != self.expected_number - 1 or head.chain_hash != self.previous_hash:
                problems.append(f"the end was cut off: the chain should end with entry {head.number}")
            seals = (keyed_hash(key, "head", head.number, head.chain_hash) for key in self.keys)
            if not any(hmac.compare_digest(head.seal, seal) for seal in seals):
                problems.append("the note of where the chain ends was altered")
        if self.noted:
            numbers = ", ".join(str(number) for number in sorted(self.noted)[:5])
            problems.append(
                f"the head that was noted earlier is not in this record (entry {numbers}): an older copy was put back, or it was cut"
            )
        self.verdict.head = f"{self.expected_number - 1}:{self.previous_hash}"


def verify(earlier_head: str = "") -> Verdict:
    """Verify every entry, the end of the chain, and every head that was noted outside the database.

    `earlier_head` is the head that an earlier run returned, as `number:hash`.
    """
    verification = Verification(earlier_head)
    # Read the head first, so that entries written during this run are ignored.
    head = AccessLogHead.objects.filter(pk=1).first() or AccessLogHead()
    entries = AccessLogEntry.objects.filter(number__lte=head.number) if head.number else AccessLogEntry.objects.all()
    for entry in entries.order_by("number").iterator(chunk_size=CHUNK_SIZE):
        verification.check_entry(entry)
    verification.check_end(head)
    # In this order: an entry is added together with the head that counts it, so no number may be above a head that is read later.
    highest = AccessLogEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    newest = AccessLogHead.objects.filter(pk=1).first() or AccessLogHead()
    if newest.number and highest > newest.number:
        verification.verdict.problems.append(f"entry {highest} stands above the end of the chain, which is entry {newest.number}")
    return verification.verdict
