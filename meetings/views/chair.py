from django.http import Http404


def chair(request, **address):
    raise Http404


def open_meeting(request, **address):
    raise Http404


def item_next(request, **address):
    raise Http404


def extend(request, **address):
    raise Http404


def close(request, **address):
    raise Http404


def item_open(request, **address):
    raise Http404


def recuse(request, **address):
    raise Http404
