from django.http import Http404


def overdue(request):
    raise Http404
