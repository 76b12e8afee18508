from django.http import Http404


def situation_list(request):
    raise Http404


def looks(request, pk):
    raise Http404
