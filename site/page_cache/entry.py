"""One rendered page in all content encodings, and its form as authenticated bytes for a store that processes share."""

import gzip
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from wsgiref.types import WSGIEnvironment

import brotli
from django.conf import settings

from common.accept_encoding import accepts
from common.derived_keys import derived_key

#: Smaller bodies are not worth compressing.
MIN_COMPRESSED_BYTES = 500
#: Browsers must revalidate a page each time.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
TAG_BYTES = hashlib.sha256().digest_size
#: Big-endian length of the JSON part.
LENGTH_BYTES = 4


class ForeignEntryError(Exception):
    """Stored bytes are not an entry that a process with this secret key stored under this key."""


@dataclass(frozen=True)
class Entry:
    """One rendered page in all content encodings."""

    version: str
    made_at: float
    #: POSIX timestamp. The page is served until then; afterwards one request renders it again.
    fresh_until: float
    headers: tuple[tuple[str, str], ...]
    etag: str
    identity: bytes
    gzipped: bytes
    brotli_compressed: bytes

    def body_for(self, accepted: str) -> tuple[bytes, str]:
        """The body for an `Accept-Encoding` header, and its content encoding."""
        if self.brotli_compressed and accepts(accepted, "br"):
            return self.brotli_compressed, "br"
        if self.gzipped and accepts(accepted, "gzip"):
            return self.gzipped, "gzip"
        return self.identity, ""

    def response_for(self, meta: WSGIEnvironment, state: str) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body for a request's WSGI environment. A browser that has the page already gets a 304."""
        headers = [
            ("ETag", self.etag),
            ("Cache-Control", CACHE_CONTROL),
            ("Vary", "Accept-Encoding"),
            ("Age", str(max(0, int(time.time() - self.made_at)))),
            ("X-Cache", state),
        ]
        if meta.get("HTTP_IF_NONE_MATCH") == self.etag:
            return 304, headers, b""
        body, encoding = self.body_for(meta.get("HTTP_ACCEPT_ENCODING", ""))
        headers += self.headers
        headers.append(("Content-Length", str(len(body))))
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return 200, headers, body

    @property
    def size(self) -> int:
        return len(self.identity) + len(self.gzipped) + len(self.brotli_compressed)

    def to_bytes(self, key: str) -> bytes:
        """The entry as bytes, authenticated together with the key it is stored under."""
        bodies = (self.identity, self.gzipped, self.brotli_compressed)
        facts = [self.version, self.made_at, self.fresh_until, self.headers, self.etag, [len(body) for body in bodies]]
        head = json.dumps(facts).encode()
        content = b"".join((len(head).to_bytes(LENGTH_BYTES, "big"), head, *bodies))
        return _tag(key, content) + content

    @classmethod
    def from_bytes(cls, key: str, stored: bytes) -> "Entry":
        """The entry that `to_bytes` made. Raises `ForeignEntryError` before anything of it is parsed."""
        tag, content = stored[:TAG_BYTES], stored[TAG_BYTES:]
        if not hmac.compare_digest(tag, _tag(key, content)):
            raise ForeignEntryError
        start = LENGTH_BYTES + int.from_bytes(content[:LENGTH_BYTES], "big")
        version, made_at, fresh_until, headers, etag, lengths = json.loads(content[LENGTH_BYTES:start])
        bodies = []
        for length in lengths:
            bodies.append(content[start : start + length])
            start += length
        return cls(version, made_at, fresh_until, tuple((name, value) for name, value in headers), etag, *bodies)


def _tag(key: str, content: bytes) -> bytes:
    return hmac.digest(derived_key("page-cache", settings.SECRET_KEY), key.encode() + b"\0" + content, "sha256")


def new_entry(version: str, fresh_until: float, headers: tuple[tuple[str, str], ...], body: bytes) -> Entry:
    """An entry for a body, compressed once in each content encoding."""
    is_small = len(body) < MIN_COMPRESSED_BYTES
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    return Entry(
        version,
        time.time(),
        fresh_until,
        headers,
        etag,
        body,
        b"" if is_small else gzip.compress(body, 6, mtime=0),
        b"" if is_small else brotli.compress(body, quality=5),
    )
