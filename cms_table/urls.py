"""The house's doors."""

from django.urls import include, path

from cms_table import pages

urlpatterns = [
    path("", pages.start, name="start"),
    path("situations/", include("situations.urls")),
    path("responses/", include("responses.urls")),
    path("meetings/", include("meetings.urls")),
    path("releases/", include("reports.urls")),
    path("table/", include("agencies.urls")),
    path("language/", pages.language, name="language"),
    path("help/", pages.help_page, name="help"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("up/", pages.up, name="up"),
    path("accounts/", include("allauth.urls")),
]
