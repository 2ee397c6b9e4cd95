"""Static files for production: one style sheet, fingerprinted and compressed ahead of time."""

import re
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT_RULE = re.compile(r'@import\s+url\("(?P<path>[^"]+)"\)\s+layer\((?P<layer>[\w.-]+)\);')


class BundledStaticStorage(CompressedManifestStaticFilesStorage):
    """Inlines the files that `css/site.css` imports, so that a page loads one style sheet and not a chain of them."""

    bundle = "css/site.css"
    #: Rewrites the imports between scripts to fingerprinted paths.
    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: object
    ) -> Iterator[tuple[str, str, bool]]:
        if self.bundle in paths and not dry_run:
            text = self.read_text(self.bundle)
            bundled = IMPORT_RULE.sub(lambda rule: f"@layer {rule['layer']} {{\n{self.read_text('css/' + rule['path'])}\n}}", text)
            self.delete(self.bundle)
            self._save(self.bundle, ContentFile(bundled.encode()))
            paths[self.bundle] = (self, self.bundle)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def read_text(self, name: str) -> str:
        """The text of a collected file. Relative URLs are not rewritten, so imported files must not use any."""
        with self.open(name) as file:
            return str(file.read().decode())
