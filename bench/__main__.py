"""Django first, then what is measured."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

if __name__ == "__main__":
    from bench.measuring import main

    sys.exit(main())
