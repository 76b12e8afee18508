"""What a member may open of a response, from the door to the follow-up; and the systemic issues beside it.

``overdue`` belongs here by its name and stands one floor above by its need of the calendar: the roof adds it.
"""

from django.urls import path

from responses.views import agencies, endings, issues, work

app_name = "responses"
urlpatterns = [
    path("<uuid:pk>/contact/", work.contact, name="contact"),
    path("<uuid:pk>/step/", work.plan_step, name="plan_step"),
    path("steps/<uuid:pk>/", work.settle_step, name="settle_step"),
    path("<uuid:pk>/service/", work.service, name="service"),
    path("<uuid:pk>/report/", work.report_back, name="report_back"),
    path("<uuid:pk>/ask/", agencies.ask, name="ask"),
    path("asked/<uuid:pk>/", agencies.answer_asked, name="answer_asked"),
    path("<uuid:pk>/hand-over/", agencies.hand_over, name="hand_over"),
    path("<uuid:pk>/leave/", agencies.leave, name="leave"),
    path("<uuid:pk>/propose/", endings.propose, name="propose"),
    path("follow-ups/<uuid:pk>/", endings.follow_up, name="follow_up"),
    path("issues/", issues.issue_list, name="issues"),
    path("issues/raise/", issues.raise_issue, name="raise_issue"),
    path("issues/<uuid:pk>/", issues.change_issue, name="change_issue"),
]
