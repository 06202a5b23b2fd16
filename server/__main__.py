"""Rasa's own command line without what the server never needs (`python -m server run ...`)."""

from __future__ import annotations

import sys

# TensorFlow imports it when it is there, for a converter that nothing here calls (docs/measuring.md).
sys.modules["jax"] = None  # type: ignore[assignment]

from rasa.__main__ import main  # noqa: E402

if __name__ == "__main__":
    main()
