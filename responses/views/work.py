from django.http import Http404


def contact(request, pk):
    raise Http404


def plan_step(request, pk):
    raise Http404


def settle_step(request, pk):
    raise Http404


def service(request, pk):
    raise Http404


def report_back(request, pk):
    raise Http404
