from django.http import Http404


def directory(request, **address):
    raise Http404


def export(request, **address):
    raise Http404
