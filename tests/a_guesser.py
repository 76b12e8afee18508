"""Another server process of the same house: five wrong passwords for one address come in there. Run by ``test_limits.py``."""

import json
import os
import sys

import django
from django.conf import settings

if __name__ == "__main__":
    settings.DATABASES["default"].update(json.loads(os.environ["DATABASE_OF_THE_TESTS"]))
    django.setup()

    from allauth.account.adapter import get_adapter
    from django.contrib.auth import authenticate
    from django.core.cache import cache
    from django.test import RequestFactory

    if sys.argv[1] == "forget":
        cache.clear()
    else:
        request = RequestFactory().post("/accounts/login/")
        for _attempt in range(5):
            get_adapter().pre_authenticate(request, email=sys.argv[1])
            authenticate(request, email=sys.argv[1], password="a wrong one")
