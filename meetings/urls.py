"""What a member may open of the meetings: the calendar, one sitting from three chairs, one item's acts, the record."""

from django.urls import path

from meetings.views import (
    activity,
    attendance,
    calendar,
    chair,
    decisions,
    emergency,
    member,
    minutes,
    recorder,
    under_seal,
    undoing,
    wall,
    withdraw,
)

app_name = "meetings"
urlpatterns = [
    # the calendar
    path("", calendar.meeting_list, name="list"),
    path("plan/", calendar.plan, name="plan"),
    path("exceptions/", calendar.exceptions, name="exceptions"),
    path("exceptions/<uuid:pk>/remove/", calendar.remove_exception, name="remove_exception"),
    path("emergency/<uuid:pk>/", emergency.call, name="emergency"),  # of a situation
    path("paper/", minutes.paper, name="paper"),
    path("activity/", activity.activity, name="activity"),  # of one's own agency
    # one meeting
    path("<uuid:pk>/", calendar.detail, name="detail"),
    path("<uuid:pk>/move/", calendar.move, name="move"),
    path("<uuid:pk>/cancel/", calendar.cancel, name="cancel"),
    path("<uuid:pk>/check-in/", attendance.check_in, name="check_in"),
    path("<uuid:pk>/check-out/", attendance.check_out, name="check_out"),
    path("<uuid:pk>/attendance/", attendance.attendance, name="attendance"),
    path("<uuid:pk>/member/", member.member, name="member"),
    path("<uuid:pk>/recorder/", recorder.recorder, name="recorder"),
    path("<uuid:pk>/chair/", chair.chair, name="chair"),
    path("<uuid:pk>/wall/", wall.wall, name="wall"),
    path("<uuid:pk>/wall/show/", wall.show_wall, name="show_wall"),
    path("<uuid:pk>/wall/blank/", wall.blank_wall, name="blank_wall"),
    path("<uuid:pk>/wall/end/", wall.end_wall, name="end_wall"),
    path("<uuid:pk>/open/", chair.open_meeting, name="open"),
    path("<uuid:pk>/next/", chair.item_next, name="item_next"),
    path("<uuid:pk>/undo/", undoing.undo, name="undo"),
    path("<uuid:pk>/extend/", chair.extend, name="extend"),
    path("<uuid:pk>/close/", chair.close, name="close"),
    path("<uuid:pk>/minutes/", minutes.minutes, name="minutes"),
    path("<uuid:pk>/minutes/approve/", minutes.approve, name="approve_minutes"),
    # one item of its agenda
    path("items/<uuid:pk>/open/", chair.item_open, name="item_open"),
    path("items/<uuid:pk>/position/", member.position, name="position"),
    path("items/<uuid:pk>/involvement/", member.involvement, name="involvement"),
    path("items/<uuid:pk>/answers/", recorder.answers, name="answers"),
    path("items/<uuid:pk>/accept/", decisions.accept, name="accept"),
    path("items/<uuid:pk>/reject/", decisions.reject, name="reject"),
    path("items/<uuid:pk>/defer/", decisions.defer, name="defer"),
    path("items/<uuid:pk>/respond/", decisions.respond, name="respond"),
    path("items/<uuid:pk>/end-early/", decisions.end_early, name="end_early"),
    path("items/<uuid:pk>/report/", decisions.report, name="report"),
    path("items/<uuid:pk>/keep-open/", decisions.keep_open, name="keep_open"),
    path("items/<uuid:pk>/conclude/", decisions.conclude, name="conclude"),
    path("items/<uuid:pk>/recuse/", chair.recuse, name="recuse"),
    # of a situation: one's own
    path("situations/<uuid:pk>/step-out/", member.step_out, name="step_out"),
    path("situations/<uuid:pk>/withdraw/", withdraw.withdraw, name="withdraw"),
    # where names are written under seal
    path("situations/<uuid:pk>/identifiers/", under_seal.write_identifiers, name="write_identifiers"),
    path("situations/<uuid:pk>/reveal/", under_seal.reveal, name="reveal"),
    path("situations/<uuid:pk>/still-revealed/", under_seal.still_revealed, name="still_revealed"),
    path("situations/<uuid:pk>/plan/", under_seal.write_plan, name="write_plan"),
]
