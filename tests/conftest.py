"""Imports what warns when it is imported, while warnings are no errors: textstat and Rasa need it."""

import warnings

with warnings.catch_warnings(record=True):
    warnings.simplefilter("always")
    import pkg_resources  # noqa: F401
