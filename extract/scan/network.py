"""Our own networks: kept as ONNX, which holds no code, and run by onnxruntime on one core."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extract.scan.engine import EngineError


def session(weights: Path) -> Any:
    """Load a network. Raises EngineError where it or onnxruntime is missing."""
    try:
        import onnxruntime
    except ImportError as error:
        raise EngineError("onnxruntime is missing: run make run, which installs it") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime has a class of its own for each failure
        raise EngineError(f"{weights.name} cannot be loaded: install Prongsai again") from error
