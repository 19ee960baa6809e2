#!/usr/bin/env python
"""The tracker's command line: `python manage.py help` lists the commands."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    from django.conf import settings  # noqa: PLC0415 - the variable above must be set first
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reading it loads the settings
    except ImproperlyConfigured as error:
        # An operator needs the sentence, not the traceback.
        sys.exit(f"The tracker cannot start: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
