from django.http import Http404


def issue_list(request):
    raise Http404


def raise_issue(request):
    raise Http404


def change_issue(request, pk):
    raise Http404
