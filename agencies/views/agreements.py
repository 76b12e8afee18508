from django.http import Http404


def agreements(request, **address):
    raise Http404


def publish(request, **address):
    raise Http404


def sign(request, **address):
    raise Http404


def signatures(request, **address):
    raise Http404


def remind(request, **address):
    raise Http404
