from django.http import Http404


def propose(request, pk):
    raise Http404


def follow_up(request, pk):
    raise Http404
