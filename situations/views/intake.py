from django.http import Http404


def open_situation(request):
    raise Http404


def intake(request, pk, step):
    raise Http404


def autosave(request, pk):
    raise Http404


def check(request, pk):
    raise Http404


def submit(request, pk):
    raise Http404


def discard(request, pk):
    raise Http404


def print_answers(request, pk):
    raise Http404
