#!/usr/bin/env python
"""Django's command line, run inside the project's own environment by bin/manage."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    if sys.argv[1:2] == ["migrate"]:  # building an index takes as long as it takes
        os.environ.setdefault("RACIMO_STATEMENT_MS", "0")
    execute_from_command_line(sys.argv)
