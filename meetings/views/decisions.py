from django.http import Http404


def accept(request, **address):
    raise Http404


def reject(request, **address):
    raise Http404


def defer(request, **address):
    raise Http404


def respond(request, **address):
    raise Http404


def end_early(request, **address):
    raise Http404


def report(request, **address):
    raise Http404


def keep_open(request, **address):
    raise Http404


def conclude(request, **address):
    raise Http404
