from django.http import Http404


def obstacles(request, **address):
    raise Http404
