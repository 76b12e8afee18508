"""The house's doors."""

from django.conf import settings
from django.urls import include, path

from agencies import urls as agencies
from agencies.views import ledger
from cms_table import agency_sign_in, factors, notices, pages, step_up, what_we_hold
from cms_table.gallery import gallery
from cms_table.helping import page_words
from meetings.views import feed, live, overdue, reminders, situation, wall
from practice.views import clock, first_morning, proof
from responses import urls as responses
from situations.models import Situation

KNOWN = {"visible_to": Situation.objects.visible_to}
# What is overdue needs the calendar, which stands one floor above the responses: only the roof can set it among them.
OVERDUE = [
    path("overdue/", overdue.overdue_list, name="overdue"),
    path("overdue/remind/", reminders.remind, name="remind"),
    path("overdue/remind/take-back/", reminders.take_back, name="take_back_reminder"),
    path("overdue/remind/all/", reminders.remind_all, name="remind_all"),
]
handler403, handler404, handler500 = (f"cms_table.errors.{name}" for name in ("not_yours", "not_here", "broken"))
handler429 = "cms_table.errors.too_many"  # the sign-in library asks for it by this name
urlpatterns = [
    path("", pages.start, name="start"),
    path("situations/<uuid:pk>/", situation.detail, name="situation"),
    path("situations/", include("situations.urls")),
    path("responses/", include(([*responses.urlpatterns, *OVERDUE], responses.app_name))),
    path("meetings/", include("meetings.urls")),
    path("releases/", include("reports.urls")),
    # The record names a situation only to who may know of it now, which the ground floor cannot ask.
    path("table/", include(([*agencies.urlpatterns, path("ledger/", ledger.ledger, KNOWN, name="ledger")], agencies.app_name))),
    path("awaiting/", notices.awaiting, name="awaiting"),
    path("awaiting/<uuid:pk>/", notices.open_notice, name="open_notice"),
    path("awaiting/<uuid:pk>/set-aside/", notices.set_aside, name="set_aside"),
    path("calendar/<str:key>.ics", feed.feed, name="calendar_feed"),
    path("live/", live.live, name="live"),
    path("wall/", wall.screen, name="the_wall"),  # on a computer where nobody signs in
    path("wall/live/", wall.screen_live, name="the_wall_live"),
    path("wall/blank/", wall.screen_blank, name="the_wall_blank"),
    path("language/", pages.language, name="language"),
    path("help/", pages.help_page, name="help"),
    path("help/guide/<slug:role>/", pages.guide, name="guide"),
    path("privacy/", pages.privacy, name="privacy"),
    path("what-we-hold/", what_we_hold.what_we_hold, name="what_we_hold"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("up/", pages.up, name="up"),
    path("typed/", pages.seal_typed, name="typed"),
    path("typed/again/", pages.typed_again, name="typed_again"),
    path("components/", gallery, name="components"),
    # An address is the one that was invited; nobody changes it by themself (by-invitation sign-in).
    path("accounts/email/", pages.not_here, name="account_email"),
    path("accounts/confirm-email/", pages.not_here, name="account_email_verification_sent"),
    path("accounts/confirm-email/<str:key>/", pages.not_here, name="account_confirm_email"),
    # Who is there is asked again on one page, and what changes a factor is on the record; the library's own doors to it stay closed.
    path("accounts/reauthenticate/", step_up.step_up, name="account_reauthenticate"),
    path("accounts/2fa/reauthenticate/", pages.not_here, name="mfa_reauthenticate"),
    path("accounts/2fa/totp/activate/", factors.set_up_phone, name="mfa_activate_totp"),
    path("accounts/2fa/totp/deactivate/", factors.remove_phone, name="mfa_deactivate_totp"),
    path("accounts/2fa/recovery-codes/generate/", factors.make_codes, name="mfa_generate_recovery_codes"),
    path("accounts/2fa/recovery-codes/download/", pages.not_here, name="mfa_download_recovery_codes"),
    path("accounts/2fa/webauthn/", factors.back_to_all, name="mfa_list_webauthn"),
    path("accounts/2fa/webauthn/add/", factors.add_passkey, name="mfa_add_webauthn"),
    path("accounts/2fa/webauthn/reauthenticate/", pages.not_here, name="mfa_reauthenticate_webauthn"),
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("accounts/2fa/webauthn/keys/<int:pk>/edit/", pages.not_here, name="mfa_edit_webauthn"),
    path("accounts/agency/<slug:id>/", agency_sign_in.begin, name="agency_sign_in"),
    path("accounts/agency/<slug:id>/back/", agency_sign_in.arrive, name="agency_arrived"),
    path("accounts/", include("allauth.urls")),
]
if settings.PRACTICE:
    urlpatterns += [
        path("practice-clock/", clock.move_clock, name="practice_clock"),
        path("letters/", clock.letter_box, name="letters"),
        path("first-morning/", first_morning.first_morning, {"page_words": page_words}, name="first_morning"),
        path("prove-my-settings/", proof.prove, name="practice_proof"),
        path("prove-my-settings/<slug:stage>/", proof.stage, name="practice_proof_stage"),
    ]
