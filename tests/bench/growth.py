"""How pages, search and the admin's own screens change from 10 to 10,000 articles: milliseconds, in one process.

    python -m tests.bench.growth          about ten minutes

BENCH_DATABASE_URL names an empty PostgreSQL database to use instead of SQLite; BENCH_MOST (10000) is the largest number of
articles, and twice as many pictures come with it. Pages are measured with the page cache off, twice: as a reader finds them
(what every page needs is kept) and as the first reader after a change finds them (nothing is).
"""

import datetime as dt
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
SIZES = [size for size in (10, 100, 1_000, 10_000) if size <= int(os.environ.get("BENCH_MOST", "10000"))]
RUNS = 15
PAGES = {
    "index": "/blog/",
    "article": "/blog/how-acne-scars-form/",
    "search, a name": "/search/?q=icepick",
    "search, in texts": "/search/?q=cold+sores",
    "search, on every page": "/search/?q=acne+scars",
}
ADMIN = {
    "dashboard": "/admin/",
    "page explorer": "/admin/pages/{blog}/",
    "page search": "/admin/pages/search/?q=keloid",
    "pictures": "/admin/images/",
    "picture chooser": "/admin/images/chooser/",
    "what is due": "/admin/due/",
}
#: Of pages and search, the largest against the smallest number.
MAX_GROWTH = 1.3
FIRST = ("Living with", "Questions about", "Caring for", "A study of", "Notes on", "Before", "After", "Talking about")
SECOND = ("dry skin", "winter light", "young skin", "a first visit", "sunscreen", "travel", "shaving", "sleep", "sport", "masks")


def environment() -> None:
    folder = tempfile.mkdtemp(prefix="alluraderm-growth-")
    os.environ.update(
        DATABASE_URL=os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder}/site.sqlite3",
        VAR_DIR=folder,
        DJANGO_SETTINGS_MODULE="config.settings.dev",
        ALLOWED_HOSTS="testserver",
        PAGE_CACHE="false",
    )
    sys.path[:0] = [str(PROJECT), str(PROJECT / "site")]


def add_articles(number: int) -> None:
    """Articles up to that number, with the sample's texts in turn and titles of their own; all can be searched for."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    from blog.models import ArticleIndexPage, ArticlePage

    index = ArticleIndexPage.objects.get()
    samples = list(ArticlePage.objects.exclude(slug__startswith="grown-").order_by("pk"))
    first = index.numchild
    step = ArticlePage.steplen
    last = index.get_children().order_by("path").last()
    assert last is not None
    begin = ArticlePage._str2int(last.path[-step:])
    kind = ContentType.objects.get_for_model(ArticlePage)
    names = [f"{FIRST[n % len(FIRST)]} {SECOND[n // len(FIRST) % len(SECOND)]}, part {n}" for n in range(first, number)]
    pages = [
        Page(
            title=title, draft_title=title, slug=f"grown-{first + n}",
            url_path=f"{index.url_path}grown-{first + n}/", depth=index.depth + 1,
            path=ArticlePage._get_path(index.path, index.depth + 1, begin + n + 1),
            content_type=kind, live=True, locale=index.locale,
            numchild=0, latest_revision_created_at=samples[0].latest_revision_created_at,
        )
        for n, title in enumerate(names)
    ]  # fmt: skip
    made = Page.objects.bulk_create(pages, batch_size=500)
    Page.objects.filter(pk=index.pk).update(numchild=number)
    columns = [field.column for field in ArticlePage._meta.local_fields if field.column != "page_ptr_id"]
    quoted = ", ".join(f'"{column}"' for column in columns)
    copied = ", ".join("date('now')" if c == "published_on" and connection.vendor == "sqlite" else f'"{c}"' for c in columns)
    with connection.cursor() as cursor:
        for n, page in enumerate(made):
            cursor.execute(
                f"INSERT INTO blog_articlepage (page_ptr_id, {quoted}) SELECT %s, {copied} FROM blog_articlepage WHERE page_ptr_id = %s",
                [page.pk, samples[n % len(samples)].pk],
            )
    backend = get_search_backend()
    for start in range(0, len(made), 500):
        backend.add_bulk(ArticlePage, list(ArticlePage.objects.filter(pk__in=[page.pk for page in made[start : start + 500]])))


def add_pictures(number: int) -> None:
    """Pictures up to that number, all with the file of one."""
    from images.models import SiteImage

    sample = SiteImage.objects.order_by("pk").first()
    assert sample is not None
    missing = number - SiteImage.objects.count()
    pictures = [
        SiteImage(
            title=f"Picture {n}",
            file=sample.file.name,
            width=sample.width,
            height=sample.height,
            has_sizes=True,
            collection=sample.collection,
        )
        for n in range(missing)
    ]
    SiteImage.objects.bulk_create(pictures, batch_size=1000)


def median(browser: Any, path: str, before: Any = lambda: None) -> float:
    """Milliseconds of an address, without the first two answers."""
    times = []
    for _run in range(RUNS):
        before()
        began = time.perf_counter()
        assert browser.get(path).status_code == 200, path
        times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times[2:]), 1)


def measured() -> dict[str, float]:
    from django.contrib.auth import get_user_model
    from django.test import Client

    from blog.models import ArticleIndexPage
    from page_cache import site_version

    reader, staff = Client(), Client()
    staff.force_login(get_user_model().objects.get(username="bench"))
    blog = ArticleIndexPage.objects.get().pk
    found = {name: median(reader, path) for name, path in PAGES.items()}
    found |= {f"{name}, after a change": median(reader, path, site_version.change) for name, path in PAGES.items()}
    return found | {f"admin: {name}": median(staff, path.format(blog=blog)) for name, path in ADMIN.items()}


def table(rows: dict[int, dict[str, float]]) -> str:
    """Milliseconds by number of articles, and the largest as a multiple of the smallest."""
    head = f"{'ms with so many articles':<40}{''.join(f'{size:>9,}' for size in rows)}{'growth':>9}"
    small, large = rows[min(rows)], rows[max(rows)]
    lines = [f"{name:<40}{''.join(f'{rows[size][name]:>9.1f}' for size in rows)}{large[name] / small[name]:>9.2f}" for name in small]
    return "\n".join([head, *lines])


def main() -> int:
    environment()
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("consultation_key", "create", "--quiet")
    call_command("load_sample", verbosity=0)
    call_command("generate_renditions", all=True, verbosity=0)
    get_user_model().objects.create_superuser("bench", "bench@example.org", "x")
    rows = {}
    for size in SIZES:
        add_articles(size)
        add_pictures(2 * size)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        rows[size] = measured()
        sys.stdout.write(f"{size:,} articles: {json.dumps(rows[size])}\n")
        sys.stdout.flush()
    text = table(rows)
    sys.stdout.write(f"{text}\n")
    small, large = rows[min(rows)], rows[max(rows)]
    missed = [name for name in PAGES if large[name] > MAX_GROWTH * small[name]]
    sys.stdout.write("".join(f"missed: {name} grew more than {MAX_GROWTH} x\n" for name in missed))
    folder = PROJECT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"growth-{dt.datetime.now():%Y-%m-%d-%H%M}.json").write_text(json.dumps(rows, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
