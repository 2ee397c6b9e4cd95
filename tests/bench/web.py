"""How fast pages are answered, as shares of a bare Django view and of nginx serving a file, in the same run.

    python -m tests.bench.web          needs wrk; nginx for the second comparison

BENCH_DATABASE_URL names an empty PostgreSQL database to use instead of SQLite; REDIS_URL a Redis for the cache.
BENCH_SECONDS (3), BENCH_ROUNDS (3) and BENCH_REQUESTS (10000) say how long. Prints a table, and writes it below `var/bench/`.
"""

import contextlib
import datetime as dt
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.posting import posts_a_second
from tests.bench.production import BINARIES, PROJECT, Production, beside, production, queries, serving, wait_for
from tests.browser.running import free_port

SECONDS = int(os.environ.get("BENCH_SECONDS", "3"))
#: Of every kind, for the memory of a web process.
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "10000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
PAGES = {
    "home": "/",
    "index": "/blog/",
    "treatment": "/treatments/fraxel-dual-laser/",
    "article": "/blog/how-acne-scars-form/",
    "search": "/search/?q=laser",
    "form": "/consultation/",
}
#: Pages that count for the mean without the page cache.
COUNTED = ("home", "index", "treatment", "article", "form")
RATE, LATENCY = re.compile(r"Requests/sec:\s+([\d.]+)"), re.compile(r"\s(50|99)%\s+([\d.]+)(us|ms|s)")
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
#: Digits after the point; bytes are of the packed HTML.
COLUMNS = {"rate": 0, "p50": 1, "p99": 1, "ratio": 3, "queries": 0, "bytes": 0}
#: What the house asks for, by row of the table.
GOALS = {
    "cached, application alone": 1.2,
    "cached, behind nginx that keeps it a second": 0.7,
    "uncached, mean of five": 0.05,
    "form, sent and sealed": 0.08 if os.environ.get("BENCH_DATABASE_URL") else 0.05,
}
#: What a patient fills in.
FILLED = {"email": "person@example.org", "contact_preference": "email", "message": "A question about my skin. " * 20, "consent": "on"}
BARE_FILLED = {"email": "person@example.org", "message": "A question about my skin. " * 20}


def wrk(address: str, accepted: str = "gzip") -> dict[str, float]:
    """Requests a second, and milliseconds at the median and the 99th percentile. Raises `RuntimeError` for refused answers."""
    headers = ["-H", "X-Forwarded-Proto: https", "-H", f"Accept-Encoding: {accepted}"]
    command = ["wrk", "-t1", "-c4", f"-d{SECONDS}s", "--latency", *headers, address]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    if "Non-2xx" in done.stdout:
        raise RuntimeError(f"{address}: {done.stdout}")
    found = {f"p{share}": float(value) * UNITS[unit] for share, value, unit in LATENCY.findall(done.stdout)}
    return {"rate": float(RATE.search(done.stdout)[1]), **found}  # type: ignore[index]


@contextlib.contextmanager
def bare() -> Iterator[str]:
    """The bare application on the site's own gunicorn settings."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "PORT": str(port), "PYTHONPATH": str(PROJECT)}
    command = [str(BINARIES / "gunicorn"), "-c", "gunicorn.conf.py", "tests.bench.bare:application"]
    with serving(command, environment):
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"


def fetch(address: str) -> tuple[bytes, Any]:
    """An answer's body and headers."""
    request = urllib.request.Request(address, headers={"X-Forwarded-Proto": "https"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read(), answer.headers


def pages(base: str, bare_base: str, state: str) -> dict[str, dict[str, float]]:
    """All pages against the bare view; the ratio is taken within each round."""
    addresses = {name: f"{base}{path}" for name, path in PAGES.items()}
    for address in addresses.values():
        for _warm in range(12):
            fetch(address)
    sizes = {name: float(len(gzip.compress(fetch(address)[0], 6))) for name, address in addresses.items()}
    results: dict[str, list[dict[str, float]]] = {name: [] for name in addresses}
    for _round in range(ROUNDS):
        ground = wrk(f"{bare_base}/")["rate"]
        for name, address in addresses.items():
            found = wrk(address)
            results[name].append({**found, "ratio": found["rate"] / ground})
    return {
        f"{name}, {state}": {**{key: statistics.median(run[key] for run in runs) for key in runs[0]}, "bytes": sizes[name]}
        for name, runs in results.items()
    }


def count_queries(rows: dict[str, dict[str, float]], site: Production, state: str, **extra: str) -> None:
    """Add to the rows of pages how many queries each takes."""
    counts = queries(site, list(PAGES.values()), **extra)
    for name, path in PAGES.items():
        rows[f"{name}, {state}"]["queries"] = counts[path]


def mean(rows: dict[str, dict[str, float]], state: str, names: tuple[str, ...]) -> dict[str, float]:
    """The geometric mean of some pages' ratios."""
    return {"ratio": statistics.geometric_mean(rows[f"{name}, {state}"]["ratio"] for name in names)}


def sent(base: str, origin: str, bare_base: str) -> dict[str, float]:
    """The consultation form, sealed and queued, against the bare form that stores nothing."""
    rates, ratios = [], []
    for _round in range(ROUNDS):
        ground = posts_a_second(bare_base, "/form/", bare_base.replace("http:", "https:"), BARE_FILLED, SECONDS)
        rates.append(posts_a_second(base, "/consultation/", origin, FILLED, SECONDS))
        ratios.append(rates[-1] / ground)
    return {"rate": statistics.median(rates), "ratio": statistics.median(ratios)}


def behind_nginx(site: Production) -> dict[str, float]:
    """A stored page behind nginx that keeps it, against nginx serving the same bytes as a file."""
    body, _headers = fetch(f"{site.base}/")
    (site.folder / "file" / "home.html").write_bytes(body)
    ratios = []
    kept: dict[str, float] = {}
    for _round in range(ROUNDS):
        # Unpacked, so that both send the same bytes and neither packs them.
        file = wrk(f"{site.front}/file/home.html", "identity")["rate"]
        kept = wrk(f"{site.front}/kept/", "identity")
        ratios.append(kept["rate"] / file)
    return {**kept, "ratio": statistics.median(ratios)}


def memory(site: Production) -> float:
    """Megabytes of the largest web process."""
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()
    sizes = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{child}/status").read_text()) for child in children]
    return max(int(size[1]) for size in sizes if size) / 1024


def many_requests(site: Production, count: int) -> None:
    """Requests of every kind, one after the other."""
    paths = [*PAGES.values(), "/privacy/", "/nothing/", "/treatments/finder/", "/search/suggest/?q=sca", "/sitemap.xml"]
    for number in range(count):
        path = paths[number % len(paths)]
        # Every third address is a new one, as crawlers make them up.
        more = "" if number % 3 else f"{'&' if '?' in path else '?'}n={number}"
        with contextlib.suppress(urllib.error.HTTPError):
            fetch(f"{site.base}{path}{more}")


def line(name: str, found: dict[str, float]) -> str:
    """One row of the table."""
    cells = [f"{found[key]:>9.{digits}f}" if key in found else " " * 9 for key, digits in COLUMNS.items()]
    return f"{name:<46}{''.join(cells)}"


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed: apt-get install wrk")
    rows: dict[str, dict[str, float]] = {}
    extra = {"REDIS_URL": os.environ["REDIS_URL"]} if os.environ.get("REDIS_URL") else {}
    database = os.environ.get("BENCH_DATABASE_URL", "")
    with bare() as bare_base, production(database, **extra) as site:
        rows |= pages(site.base, bare_base, "cached")
        count_queries(rows, site, "cached")
        rows["cached, application alone"] = mean(rows, "cached", ("home", "index", "treatment", "article"))
        if site.front:
            rows["cached, behind nginx that keeps it a second"] = behind_nginx(site)
        many_requests(site, REQUESTS // 2)
        half = memory(site)
        many_requests(site, REQUESTS // 2)
        rows[f"memory at half and after {REQUESTS:,} requests, MB"] = {"p50": half, "p99": memory(site)}
        rows["first page after a cold start, s"] = {"p50": site.seconds_to_first_page}
        with beside(site, PAGE_CACHE="false") as base:
            rows |= pages(base, bare_base, "uncached")
            count_queries(rows, site, "uncached", PAGE_CACHE="false")
            rows["uncached, mean of five"] = mean(rows, "uncached", COUNTED)
            rows["form, sent and sealed"] = sent(base, site.environment["BASE_URL"], bare_base)
        # As the first reader after a change finds it: not even what every page needs is kept.
        with beside(site, PAGE_CACHE="false", REDIS_URL="", SITE_VERSION_FILE="") as base:
            rows |= pages(base, bare_base, "nothing kept")
            count_queries(rows, site, "nothing kept", PAGE_CACHE="false", REDIS_URL="", SITE_VERSION_FILE="")
            rows["nothing kept, mean of five"] = mean(rows, "nothing kept", COUNTED)
    table = "\n".join(
        [
            f"{'':<46}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>9}{'queries':>9}{'bytes':>9}",
            *(line(name, found) for name, found in rows.items()),
        ]
    )
    missed = [
        f"{name}: {rows[name]['ratio']:.3f}, wanted {goal}" for name, goal in GOALS.items() if name in rows and rows[name]["ratio"] < goal
    ]
    sys.stdout.write(f"{table}\n" + "".join(f"missed: {text}\n" for text in missed))
    folder = PROJECT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"web-{dt.datetime.now():%Y-%m-%d-%H%M}.json").write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
