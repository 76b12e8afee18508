from django.http import Http404


def ledger(request, **address):
    raise Http404
