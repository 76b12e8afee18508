from django.http import Http404


def upload(request, **address):
    raise Http404


def confirm(request, **address):
    raise Http404


def template(request, **address):
    raise Http404
