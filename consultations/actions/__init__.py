"""Actions that change consultation requests. Each one checks, acts and writes the access log in one transaction."""
