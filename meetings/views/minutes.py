from django.http import Http404


def paper(request, **address):
    raise Http404


def minutes(request, **address):
    raise Http404


def approve(request, **address):
    raise Http404
