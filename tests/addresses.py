"""One address for every kind of public page, and which page type answers it."""

PUBLIC = {
    "/": "HomePage",
    "/treatments/": "TreatmentIndexPage",
    "/treatments/fraxel-dual-laser/": "TreatmentPage",
    "/treatments/fraxel-dual-laser/aftercare/": "AftercarePage",
    "/scars/": "ScarTypeIndexPage",
    "/scars/rolling/": "ScarTypePage",
    "/blog/": "ArticleIndexPage",
    "/blog/how-acne-scars-form/": "ArticlePage",
    "/team/": "TeamPage",
    "/consultation/": "ConsultationPage",
    "/privacy/": "StandardPage",
    "/results/": "ResultIndexPage",
    "/results/rolling-scars-laser/": "ResultPage",
    "/treatments/finder/": "FinderPage",
}
#: Further screens of those page types, and views that are no pages of the tree.
MORE = {
    "/prices/": "prices",
    "/after-hours/": "help while the clinic is closed",
    "/blog/which-scar-do-i-have/": "an article with a lamp",
    "/blog/topic/understanding-scars/": "a topic",
    "/team/imani-vale/": "a clinician",
    "/treatments/compare/": "a comparison before a choice",
    "/treatments/compare/?t=fraxel-dual-laser&t=chemical-peels": "a comparison",
    "/results/?scar=rolling": "results, narrowed",
    "/search/?q=laser": "search with results",
    "/search/?q=zzzz": "search without results",
    "/search/": "search before a question",
}
EVERY = {**PUBLIC, **MORE}
FEEDS = ("/blog/feed/", "/blog/feed/atom/")
MACHINES = ("/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt")
