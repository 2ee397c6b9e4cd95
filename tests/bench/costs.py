"""What sealing a request and cleaning a photo cost: milliseconds, and megabytes at the peak.

python tests/bench/costs.py
"""

import io
import json
import os
import resource
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT), str(PROJECT / "site")]
TWELVE_MEGAPIXELS = (4000, 3000)
LIMITS = {"sealing_ms": 5, "photo_ms": 1500, "photo_mb": 200}


def sealing_ms() -> float:
    """One request without photos, sealed to two keys: the clinic's and one in escrow."""
    from sealing.encryption import ContentKey
    from sealing.key_pairs import PrivateKey
    from sealing.keys import key_id

    keys = {key_id(key.public_key()): key.public_key() for key in (PrivateKey.generate(), PrivateKey.generate())}
    contact, answers = os.urandom(300), os.urandom(6000)
    times = []
    for _run in range(300):
        began = time.perf_counter()
        key = ContentKey.generate(uuid.uuid4())
        key.seal_to(keys)
        key.seal("contact", contact)
        key.seal("answers", answers)
        times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times), 3)


def photo(fmt: str) -> dict[str, float]:
    """One noisy photo of 12 megapixels, in a process of its own so that its memory can be told apart."""
    code = f"import sys; sys.path[:0] = {sys.path[:2]!r}; from tests.bench.costs import photo_here; photo_here({fmt!r})"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def photo_here(fmt: str) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from consultations.photos import MAX_BYTES, clean_photo

    path = PROJECT / "var" / f"bench-photo.{fmt.lower()}"
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        # In a process of its own: making the picture must not count as taking it in.
        picture = "Image.linear_gradient('L')" if fmt == "PNG" else "Image.effect_noise((1000, 750), 40)"
        noise = f"{picture}.resize({TWELVE_MEGAPIXELS}, Image.Resampling.BICUBIC).convert('RGB')"
        code = f"import pillow_heif; pillow_heif.register_heif_opener(); from PIL import Image; {noise}.save({str(path)!r}, {fmt!r})"
        subprocess.run([sys.executable, "-c", code], check=True)
    content = path.read_bytes()
    assert len(content) <= MAX_BYTES, f"{fmt}: {len(content)} bytes"
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == TWELVE_MEGAPIXELS
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = []
    for _run in range(3):
        began = time.perf_counter()
        clean_photo(SimpleUploadedFile("photo", content))
        times.append((time.perf_counter() - began) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"ms": round(statistics.median(times)), "mb": round(peak - before), "size_mb": round(len(content) / 2**20, 1)}))


def main() -> int:
    photos = {fmt: photo(fmt) for fmt in ("JPEG", "WEBP", "HEIF", "PNG")}
    result = {"sealing_ms": sealing_ms(), "photos": photos, "limits": LIMITS}
    print(json.dumps(result))
    worst = {"ms": max(one["ms"] for one in photos.values()), "mb": max(one["mb"] for one in photos.values())}
    return int(
        result["sealing_ms"] > LIMITS["sealing_ms"] or worst["ms"] > LIMITS["photo_ms"] or worst["mb"] > LIMITS["photo_mb"]  # type: ignore[operator]
    )


if __name__ == "__main__":
    sys.exit(main())
