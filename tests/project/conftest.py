"""The Makefile's own finding of prerequisites is for systems with a POSIX shell."""

from __future__ import annotations

import os

collect_ignore = ["test_makefile.py"] if os.name == "nt" else []
