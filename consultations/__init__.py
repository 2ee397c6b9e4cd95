"""The consultation form, sealed requests, and the inbox that opens them."""
