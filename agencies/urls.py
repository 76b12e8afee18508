"""The ground floor's pages: what stands in the way, agreements, people, agencies, the table's settings.

``ledger`` belongs here by its name; it has to ask which situations its reader may know of, so the roof adds it.
"""

from django.urls import path

from agencies.views import (
    agencies,
    agreements,
    calendar_key,
    chasing,
    delegations,
    directory,
    imports,
    joining,
    obstacles,
    people,
    profile,
    settings,
    vocabularies,
)

app_name = "agencies"
urlpatterns = [
    path("obstacles/", obstacles.obstacles, name="obstacles"),
    path("join/<str:uid>/again/", joining.ask_again, name="ask_again"),
    path("join/<str:uid>/<str:token>/", joining.join, name="join"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/publish/", agreements.publish, name="publish"),
    path("agreements/<uuid:pk>/", agreements.sign, name="sign"),
    path("agreements/<uuid:pk>/signatures/", agreements.signatures_of, name="signatures"),
    path("agreements/<uuid:pk>/remind/", agreements.remind, name="remind"),
    path("agreements/<uuid:pk>/remind/take-back/", agreements.take_back_reminder, name="take_back_reminder"),
    path("directory/", directory.directory, name="directory"),
    path("directory/export/", directory.export, name="export_directory"),
    path("profile/", profile.profile, name="profile"),
    path("profile/mail/", profile.mail, name="mail"),
    path("profile/calendar/", calendar_key.make, name="make_calendar_key"),
    path("profile/calendar/revoke/", calendar_key.revoke, name="revoke_calendar_key"),
    path("sit/<uuid:pk>/", profile.sit_at, name="sit_at"),
    path("delegate/", delegations.delegate, name="delegate"),
    path("delegate/<uuid:pk>/end/", delegations.end_delegation, name="end_delegation"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invite/all-again/", chasing.invite_all_again, name="invite_all_again"),
    path("people/<uuid:pk>/", people.member, name="member"),
    path("people/<uuid:pk>/invite/", people.invite_again, name="invite_again"),
    path("people/<uuid:pk>/give-role/", people.give_role, name="give_role"),
    path("people/<uuid:pk>/end/", people.end_membership, name="end_membership"),
    path("roles/<uuid:pk>/end/", people.end_role, name="end_role"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/add/", agencies.add_agency, name="add_agency"),
    path("agencies/<uuid:pk>/", agencies.agency, name="agency"),
    path("agencies/<uuid:pk>/seat/", agencies.give_seat, name="give_seat"),
    path("agencies/<uuid:pk>/unseat/", agencies.end_seat, name="end_seat"),
    path("settings/", settings.overview, name="settings"),
    path("settings/table/", settings.table, name="table"),
    path("settings/table/add/", settings.add_table, name="add_table"),
    path("vocabularies/", vocabularies.vocabularies, name="vocabularies"),
    path("vocabularies/entry/<str:pk>/", vocabularies.entry, name="entry"),
    path("vocabularies/entry/<str:pk>/retire/", vocabularies.retire, name="retire_entry"),
    path("vocabularies/<str:list>/", vocabularies.vocabulary, name="vocabulary"),
    path("vocabularies/<str:list>/add/", vocabularies.add_entry, name="add_entry"),
    path("import/", imports.upload, name="import"),
    path("import/confirm/", imports.confirm, name="confirm_import"),
    path("import/template/", imports.template, name="import_template"),
]
