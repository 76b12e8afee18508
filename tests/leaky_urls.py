"""The house with five planted leaks: what the sweep must notice."""

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from agencies.actor import for_the_table
from cms_table.urls import urlpatterns as house
from situations.models import Situation


def _row():
    with for_the_table("practice"):  # a leak that both walls have let pass
        return Situation.objects.select_related("table", "age_group").get()


def in_a_comment(request):
    return HttpResponse(f"<!-- {_row().age_group.label_en} -->")


def in_a_title(request):
    return HttpResponse(f"<title>{_row().reference}</title>")


def in_a_header(request):
    return HttpResponse("", headers={"X-About": _row().age_group.label_fr})


def in_a_cookie(request):
    response = HttpResponse("")
    response.set_cookie("before", _row().earlier_number)
    return response


def in_an_export(request):
    return StreamingHttpResponse([_row().reference.encode(), b";1"], content_type="text/csv")


urlpatterns = [
    path("leak/comment/", in_a_comment, name="leak_comment"),
    path("leak/title/", in_a_title, name="leak_title"),
    path("leak/header/", in_a_header, name="leak_header"),
    path("leak/cookie/", in_a_cookie, name="leak_cookie"),
    path("leak/export/", in_an_export, name="leak_export"),
    *house,
]
