"""The house's doors."""

from django.conf import settings
from django.urls import include, path

from agencies import urls as agencies
from agencies.views import ledger
from cms_table import pages
from cms_table.gallery import gallery
from meetings.views import overdue, situation
from practice import views as practice
from responses import urls as responses
from situations.models import Situation

KNOWN = {"visible_to": Situation.objects.visible_to}
handler403, handler404 = "cms_table.errors.not_yours", "cms_table.errors.not_here"
urlpatterns = [
    path("", pages.start, name="start"),
    path("situations/<uuid:pk>/", situation.detail, name="situation"),
    path("situations/", include("situations.urls")),
    # What is overdue needs the calendar, which stands one floor above the responses: only the roof can set it among them.
    path("responses/", include(([*responses.urlpatterns, path("overdue/", overdue.overdue_list, name="overdue")], responses.app_name))),
    path("meetings/", include("meetings.urls")),
    path("releases/", include("reports.urls")),
    # The record names a situation only to who may know of it now, which the ground floor cannot ask.
    path("table/", include(([*agencies.urlpatterns, path("ledger/", ledger.ledger, KNOWN, name="ledger")], agencies.app_name))),
    path("language/", pages.language, name="language"),
    path("help/", pages.help_page, name="help"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("up/", pages.up, name="up"),
    path("components/", gallery, name="components"),
    # An address is the one that was invited; nobody changes it by themself (by-invitation sign-in).
    path("accounts/email/", pages.not_here, name="account_email"),
    path("accounts/confirm-email/", pages.not_here, name="account_email_verification_sent"),
    path("accounts/confirm-email/<str:key>/", pages.not_here, name="account_confirm_email"),
    path("accounts/", include("allauth.urls")),
]
if settings.PRACTICE:
    urlpatterns += [
        path("practice-clock/", practice.move_clock, name="practice_clock"),
        path("letters/", practice.letter_box, name="letters"),
    ]
