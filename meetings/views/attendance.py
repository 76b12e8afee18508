from django.http import Http404


def check_in(request, **address):
    raise Http404


def check_out(request, **address):
    raise Http404


def attendance(request, **address):
    raise Http404
