"""Home, standard and team pages."""

from home.models.home import HomePage
from home.models.search import SearchMiss, SearchWord
from home.models.standard import StandardPage
from home.models.team import TeamPage

__all__ = ["HomePage", "SearchMiss", "SearchWord", "StandardPage", "TeamPage"]
