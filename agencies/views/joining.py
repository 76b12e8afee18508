from django.contrib.auth.decorators import login_not_required
from django.http import Http404


@login_not_required
def ask_again(request, **address):
    raise Http404


@login_not_required
def join(request, **address):
    raise Http404
