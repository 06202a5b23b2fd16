from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from nlu.encoder_file import EncoderError, encoder_file, encoder_hash, package_file

CONTENT = b"weights"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one data file, that can be imported."""
    folder = tmp_path / "encoder_of_test"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "model.onnx").write_bytes(CONTENT)
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def test_a_file_with_the_right_hash_is_found(package: Path) -> None:
    assert package_file(package.name, "model.onnx", SHA256) == package / "model.onnx"


def test_an_altered_file_is_refused_with_both_hashes_and_what_to_do(package: Path) -> None:
    (package / "model.onnx").write_bytes(b"other weights")
    with pytest.raises(EncoderError, match=f"was altered.*expected {SHA256[:12]}.*make install"):
        package_file(package.name, "model.onnx", SHA256)


def test_a_missing_file_is_refused_with_what_to_do(package: Path) -> None:
    (package / "model.onnx").unlink()
    with pytest.raises(EncoderError, match=r"encoder_of_test/model.onnx is missing.*make install"):
        package_file(package.name, "model.onnx", SHA256)


def test_a_missing_package_is_refused_with_what_to_do() -> None:
    with pytest.raises(EncoderError, match="is missing: run `make install`"):
        package_file("no_such_package_of_test", "model.onnx", SHA256)


def test_the_quick_encoder_is_found_where_it_was_made(quick_encoder: Path) -> None:
    assert encoder_file(quick_encoder) == quick_encoder
    assert encoder_hash(quick_encoder) == hashlib.sha256(quick_encoder.read_bytes()).hexdigest()


def test_an_altered_quick_encoder_is_refused(quick_encoder: Path, tmp_path: Path) -> None:
    altered = tmp_path / "encoder.onnx"
    altered.write_bytes(quick_encoder.read_bytes()[:-1])
    altered.with_suffix(".sha256").write_text(encoder_hash(quick_encoder), encoding="utf-8")
    with pytest.raises(EncoderError, match="was altered.*make train"):
        encoder_file(altered)


def test_a_quick_encoder_that_was_not_made_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"encoder.onnx is missing: run `make train`"):
        encoder_file(tmp_path / "encoder.onnx")
    assert encoder_hash(tmp_path / "encoder.onnx") == ""
