from django.http import Http404


def profile(request, **address):
    raise Http404


def sit_at(request, **address):
    raise Http404
