from django.http import Http404


def meeting_list(request, **address):
    raise Http404


def plan(request, **address):
    raise Http404


def exceptions(request, **address):
    raise Http404


def remove_exception(request, **address):
    raise Http404


def detail(request, **address):
    raise Http404


def move(request, **address):
    raise Http404


def cancel(request, **address):
    raise Http404
