#!/usr/bin/env python
"""The table's commands: `python manage.py help` lists them."""

import os
import sys

from cms_table import obstacles

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_table.settings")
    from django.core.management import execute_from_command_line

    with obstacles.named_plainly():
        execute_from_command_line(sys.argv)
