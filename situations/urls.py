"""What a member may open of the situations, from the first word to the record of looks."""

from django.urls import path

from situations.views import check, coach, find, holds, intake, lists, looks, oversight, screening

app_name = "situations"
urlpatterns = [
    path("", lists.situation_list, name="list"),
    path("find/", find.find, name="find"),
    path("coach/", coach.coach, name="coach"),
    path("not-brought/", screening.not_brought, name="not_brought"),
    path("looks/", looks.all_looks, name="all_looks"),
    path("looks/export/", looks.export_looks, name="export_looks"),
    path("looks/incident/", looks.incident, name="incident"),
    path("holds/", holds.holds, name="holds"),
    path("holds/ask/", holds.ask_for_hold, name="ask_for_hold"),
    path("holds/<uuid:pk>/confirm/", holds.confirm_hold, name="confirm_hold"),
    path("holds/<uuid:pk>/end/", holds.end_hold, name="end_hold"),
    path("open/", intake.open_situation, name="open"),
    path("<uuid:pk>/step/<int:step>/", intake.intake, name="intake"),
    path("<uuid:pk>/autosave/", intake.autosave, name="autosave"),
    path("<uuid:pk>/check/", check.check, name="check"),
    path("<uuid:pk>/submit/", check.submit, name="submit"),
    path("<uuid:pk>/discard/", check.discard, name="discard"),
    path("<uuid:pk>/print/", check.print_answers, name="print_answers"),
    path("<uuid:pk>/looks/", lists.looks, name="looks"),
    path("<uuid:pk>/happened/", looks.happened, name="happened"),
    path("<uuid:pk>/look/", oversight.look, name="look"),
    path("<uuid:pk>/step-in/", oversight.step_in, name="step_in"),
    path("<uuid:pk>/correct/", oversight.correct, name="correct"),
]
