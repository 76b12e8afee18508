from django.http import Http404


def look(request, pk):
    raise Http404


def correct(request, pk):
    raise Http404
