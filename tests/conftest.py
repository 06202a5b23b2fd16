"""Imports what warns when it is imported, while warnings are no errors: textstat and Rasa need it."""

import warnings
from pathlib import Path

import pytest

with warnings.catch_warnings(record=True):
    warnings.simplefilter("always")
    import pkg_resources  # noqa: F401


@pytest.fixture(scope="session")
def quick_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sentence encoder, made from its package."""
    from nlu.encoder_file import make_encoder

    path = tmp_path_factory.mktemp("encoder") / "encoder.onnx"
    make_encoder(path)
    return path
