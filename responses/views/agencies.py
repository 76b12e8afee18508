from django.http import Http404


def ask(request, pk):
    raise Http404


def answer_asked(request, pk):
    raise Http404


def hand_over(request, pk):
    raise Http404


def leave(request, pk):
    raise Http404
