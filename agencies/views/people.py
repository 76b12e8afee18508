from django.http import Http404


def people(request, **address):
    raise Http404


def invite(request, **address):
    raise Http404


def member(request, **address):
    raise Http404


def invite_again(request, **address):
    raise Http404


def give_role(request, **address):
    raise Http404


def end_membership(request, **address):
    raise Http404


def end_role(request, **address):
    raise Http404
