"""Imports Rasa while warnings are no errors: its own are no faults of this project."""

import os
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")

# `record` because TensorFlow sets filters of its own.
with warnings.catch_warnings(record=True):
    warnings.simplefilter("ignore")
    import rasa.cli.utils
    import rasa.model_training  # noqa: F401
