"""What is sealed opens with the right key only, and not at all once a single bit differs."""

import stat
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from sealing import keys
from sealing.encryption import CannotOpenError, ContentKey
from sealing.key_pairs import PrivateKey

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
    first, second, stranger = (PrivateKey.generate() for _number in range(3))
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
    private = PrivateKey.generate()
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


def classical() -> PrivateKey:
    """A key from before there were hybrid ones."""
    return PrivateKey.from_private_bytes(PrivateKey.generate().private_bytes_raw()[:32])


def test_a_new_key_is_hybrid_and_an_old_one_still_seals_and_opens() -> None:
    new, old = PrivateKey.generate(), classical()
    assert (len(new.private_bytes_raw()), len(new.public_key().public_bytes_raw())) == (96, 1216)
    assert (len(old.private_bytes_raw()), len(old.public_key().public_bytes_raw())) == (32, 32)
    key = ContentKey.generate(REQUEST)
    sealed = key.seal_to({keys.key_id(pair.public_key()): pair.public_key() for pair in (new, old)})
    for pair in (new, old):
        assert ContentKey.unseal(REQUEST, sealed, {keys.key_id(pair.public_key()): pair}).secret == key.secret
        again = keys.decode_private(keys.encode_private(pair))
        assert again.private_bytes_raw() == pair.private_bytes_raw()
        assert keys.encode_public(keys.decode_public(keys.encode_public(pair.public_key()))) == keys.encode_public(pair.public_key())


def test_one_half_of_a_hybrid_key_opens_nothing() -> None:
    pair, other = PrivateKey.generate(), PrivateKey.generate()
    key, name = ContentKey.generate(REQUEST), keys.key_id(pair.public_key())
    sealed = key.seal_to({name: pair.public_key()})
    for half in (PrivateKey(pair.x25519), PrivateKey(pair.x25519, other.mlkem), PrivateKey(other.x25519, pair.mlkem)):
        with pytest.raises(CannotOpenError):
            ContentKey.unseal(REQUEST, sealed, {name: half})


def test_a_rotation_seals_what_an_old_key_sealed_to_a_hybrid_one() -> None:
    old, new = classical(), PrivateKey.generate()
    key = ContentKey.generate(REQUEST)
    names = [keys.key_id(pair.public_key()) for pair in (old, new)]
    opened = ContentKey.unseal(REQUEST, key.seal_to({names[0]: old.public_key()}), {names[0]: old})
    assert ContentKey.unseal(REQUEST, opened.seal_to({names[1]: new.public_key()}), {names[1]: new}).secret == key.secret


def test_texts_of_any_length_are_stored_in_four_lengths() -> None:
    key = ContentKey.generate(REQUEST)
    texts = ["", "a", "é" * 300, "x" * 1020, "x" * 1021, "x" * 4000, "𝄞" * 4000, "x" * 200_000, "line\nbreak\0"]
    sealed = {text: key.seal_text("answers", text) for text in texts}
    assert len({len(content) for content in sealed.values()}) <= 4
    for text, content in sealed.items():
        assert key.open_text("answers", content) == text
        with pytest.raises(CannotOpenError):
            key.open_text("contact", content)


def test_a_text_from_before_there_was_padding_opens() -> None:
    key = ContentKey.generate(REQUEST)
    assert key.open_text("answers", key.seal("answers", b'{"a": 1}')) == '{"a": 1}'
    with pytest.raises(CannotOpenError):
        key.open_text("answers", key.seal("answers", b"\xff"))
