from django.http import Http404


def vocabularies(request, **address):
    raise Http404


def entry(request, **address):
    raise Http404


def retire(request, **address):
    raise Http404


def vocabulary(request, **address):
    raise Http404


def add_entry(request, **address):
    raise Http404
