"""What is sealed opens with the right key only, and not at all once a single bit differs."""

import stat
import uuid
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from sealing import keys
from sealing.encryption import CannotOpenError, ContentKey

REQUEST = uuid.UUID("11111111-2222-3333-4444-555555555555")


def test_sealed_content_opens_again() -> None:
    key = ContentKey.generate(REQUEST)
    assert key.open("answers", key.seal("answers", b"words")) == b"words"


@given(content=st.binary(min_size=0, max_size=200), position=st.integers(min_value=0), bit=st.integers(0, 7))
def test_one_flipped_bit_anywhere_is_noticed(content: bytes, position: int, bit: int) -> None:
    key = ContentKey.generate(REQUEST)
    sealed = bytearray(key.seal("answers", content))
    sealed[position % len(sealed)] ^= 1 << bit
    with pytest.raises(CannotOpenError):
        key.open("answers", bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"short", b"\0" * 12])
def test_what_is_too_short_is_refused(sealed: bytes) -> None:
    with pytest.raises(CannotOpenError):
        ContentKey.generate(REQUEST).open("answers", sealed)


def test_a_part_cannot_be_passed_off_as_another_or_moved_to_another_request() -> None:
    key = ContentKey.generate(REQUEST)
    sealed = key.seal("contact", b"words")
    with pytest.raises(CannotOpenError):
        key.open("answers", sealed)
    with pytest.raises(CannotOpenError):
        ContentKey(uuid.uuid4(), key.secret).open("contact", sealed)


def test_every_clinic_key_opens_and_no_other_does() -> None:
    first, second, stranger = (X25519PrivateKey.generate() for _number in range(3))
    public = {keys.key_id(key.public_key()): key.public_key() for key in (first, second)}
    key = ContentKey.generate(REQUEST)
    sealed = key.seal_to(public)
    for private in (first, second):
        assert ContentKey.unseal(REQUEST, sealed, {keys.key_id(private.public_key()): private}) == key
    with pytest.raises(CannotOpenError):
        ContentKey.unseal(REQUEST, sealed, {keys.key_id(stranger.public_key()): stranger})
    with pytest.raises(CannotOpenError):
        ContentKey.unseal(uuid.uuid4(), sealed, {keys.key_id(first.public_key()): first})


def test_keys_survive_being_written_and_read() -> None:
    private = X25519PrivateKey.generate()
    again = keys.decode_private(keys.encode_private(private))
    assert again.private_bytes_raw() == private.private_bytes_raw()
    assert keys.key_id(keys.decode_public(keys.encode_public(private.public_key()))) == keys.key_id(private.public_key())


@pytest.mark.parametrize("text", ["", "zzz", "AAAA", "ü"])
def test_damaged_keys_are_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(keys.SealingKeyError) as problem:
        keys.decode_public(text)
    assert not text or text not in str(problem.value)
    with pytest.raises(keys.SealingKeyError):
        keys.decode_private(keys.LINE_PREFIX + text)


def test_the_command_writes_a_file_for_its_owner_only_and_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "keys" / "private.key"
    call_command("consultation_key", "create", file=file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "CONSULTATION_PUBLIC_KEYS=" in capsys.readouterr().out
    before = file.read_text()
    with pytest.raises(CommandError, match="exists"):
        call_command("consultation_key", "create", file=file)
    assert file.read_text() == before


def test_without_any_key_nothing_is_sealed(settings: Any) -> None:
    settings.CONSULTATION_PRIVATE_KEY_FILE = ""
    with pytest.raises(keys.SealingKeyError):
        keys.public_keys()
