"""What the table learned: a release read, prepared, approved, withdrawn, downloaded."""

from django.http import Http404


def release_list(request):
    raise Http404


def prepare(request):
    raise Http404


def release(request, pk):
    raise Http404


def approve(request, pk):
    raise Http404


def withdraw(request, pk):
    raise Http404


def download(request, pk):
    raise Http404
