"""Static files for production: one style sheet, fingerprinted and compressed ahead."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT_RULE = re.compile(r'@import\s+url\("(?P<path>[^"]+)"\)\s+layer\((?P<layer>[\w.-]+)\);')


class BundledStaticStorage(CompressedManifestStaticFilesStorage):
    """Puts the files that `css/site.css` imports into it, so that a page waits for one file and not for a chain."""

    bundle = "css/site.css"
    #: Scripts name each other by their plain paths; readers get the fingerprinted ones.
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if self.bundle in paths and not dry_run:
            text = self.read_text(self.bundle)
            bundled = IMPORT_RULE.sub(lambda rule: f"@layer {rule['layer']} {{\n{self.read_text('css/' + rule['path'])}\n}}", text)
            self.delete(self.bundle)
            self._save(self.bundle, ContentFile(bundled.encode()))
            paths[self.bundle] = (self, self.bundle)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def read_text(self, name: str) -> str:
        """The collected file's text. Nested folders keep their own relative addresses, so imported files use none."""
        with self.open(name) as file:
            return str(file.read().decode())
