from django.http import Http404


def member(request, **address):
    raise Http404


def position(request, **address):
    raise Http404


def involvement(request, **address):
    raise Http404


def step_out(request, **address):
    raise Http404
