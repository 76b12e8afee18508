from django.http import Http404


def overview(request, **address):
    raise Http404


def table(request, **address):
    raise Http404


def add_table(request, **address):
    raise Http404
