from django.http import Http404


def delegate(request, **address):
    raise Http404


def end_delegation(request, **address):
    raise Http404
