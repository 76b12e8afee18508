from django.http import Http404


def call(request, **address):
    raise Http404
