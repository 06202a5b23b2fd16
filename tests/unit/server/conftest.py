"""Imports Rasa and spaCy while warnings are no errors: theirs are no faults of this project."""

import os
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# `record` because TensorFlow sets filters of its own.
with warnings.catch_warnings(record=True):
    warnings.simplefilter("ignore")
    import rasa.core.agent  # noqa: F401
    import spacy  # noqa: F401
