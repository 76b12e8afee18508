from django.http import Http404


def agencies(request, **address):
    raise Http404


def add_agency(request, **address):
    raise Http404


def agency(request, **address):
    raise Http404


def give_seat(request, **address):
    raise Http404


def end_seat(request, **address):
    raise Http404
