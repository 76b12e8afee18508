from django.http import Http404


def recorder(request, **address):
    raise Http404


def answers(request, **address):
    raise Http404
