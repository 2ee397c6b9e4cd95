"""The one gate in front of every save that shows a page to readers, and the protection of what live pages rest on."""
