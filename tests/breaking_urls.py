"""The house with a page that breaks a rule of the database: what the log must not quote."""

from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path

from agencies.models import Member
from cms_table.urls import handler500  # noqa: F401  Django looks here for its page of a fault
from cms_table.urls import urlpatterns as house


def invited_twice(request):
    for _each in range(2):
        Member.objects.create_user(f"{request.GET['word']}@table.example", full_name=request.GET["word"])
    return HttpResponse("")


def misread(request):
    return HttpResponse(int(request.GET["word"]))


def unreachable(request):
    raise OperationalError


BROKEN = {"twice": invited_twice, "misread": misread, "unreachable": unreachable}
urlpatterns = [*(path(f"breaks/{name}/", view, name=f"breaks_{name}") for name, view in BROKEN.items()), *house]
