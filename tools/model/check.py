"""Compares the converted model with the original: `check.py model.safetensors tokenizer.json model.onnx`.

The reference is BERT written out in numpy from the original single-precision weights, padding and masks included. Fails
when a sentence's vector is further from the reference than half-precision storage explains. Needs requirements.txt.
"""

import json
import struct
import sys

import numpy as np
import onnxruntime

LEAST_COSINE = 0.9999
HEADS, LAYERS, EPSILON = 12, 6, 1e-12
SENTENCES = [
    "How do I rotate the signing certificate?",
    "Rotating certificates: renew the signing key before it expires, then restart the gateway.",
    "The cafeteria is closed on Fridays.",
    "a",
    "Restart the database only after the replicas have caught up, and tell the people on call first. " * 8,
]


def load_weights(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    header.pop("__metadata__", None)
    return {name: np.frombuffer(data[entry["data_offsets"][0]:entry["data_offsets"][1]], np.float32).reshape(entry["shape"])
            for name, entry in header.items() if entry["dtype"] == "F32"}


def tokenize(vocabulary, text):
    """Greedy word pieces; enough for the plain English above."""
    ids = [vocabulary["[CLS]"]]
    for mark in ".,:?":
        text = text.replace(mark, f" {mark} ")
    for word in text.lower().split():
        start = 0
        while start < len(word):
            ends = range(len(word), start, -1)
            piece = next(end for end in ends if ("##" if start else "") + word[start:end] in vocabulary)
            ids.append(vocabulary[("##" if start else "") + word[start:piece]])
            start = piece
    return [*ids, vocabulary["[SEP]"]]


def erf(values):
    """Abramowitz and Stegun 7.1.26: at most 1.5e-7 off."""
    t = 1 / (1 + 0.3275911 * np.abs(values))
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.sign(values) * (1 - series * np.exp(-values * values))


def norm(weights, prefix, x):
    centred = x - x.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred * centred).mean(-1, keepdims=True) + EPSILON)
    return scaled * weights[f"{prefix}.LayerNorm.weight"] + weights[f"{prefix}.LayerNorm.bias"]


def dense(weights, prefix, x):
    return x @ weights[f"{prefix}.weight"].T + weights[f"{prefix}.bias"]


def attend(weights, prefix, x, mask):
    batch, tokens, hidden = x.shape
    query, key, value = (dense(weights, f"{prefix}.{part}", x).reshape(batch, tokens, HEADS, -1).transpose(0, 2, 1, 3)
                         for part in ("query", "key", "value"))
    scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(hidden // HEADS) + np.where(mask, 0, -1e9)[:, None, None, :]
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    mixed = scores / scores.sum(-1, keepdims=True) @ value
    return mixed.transpose(0, 2, 1, 3).reshape(batch, tokens, hidden)


def reference(weights, ids, mask):
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][:ids.shape[1]]
    x = norm(weights, "embeddings", x + weights["embeddings.token_type_embeddings.weight"][0])
    for number in range(LAYERS):
        prefix = f"encoder.layer.{number}"
        attended = attend(weights, f"{prefix}.attention.self", x, mask)
        x = norm(weights, f"{prefix}.attention.output", x + dense(weights, f"{prefix}.attention.output.dense", attended))
        wide = dense(weights, f"{prefix}.intermediate.dense", x)
        wide = wide * 0.5 * (1 + erf(wide / np.sqrt(2)))
        x = norm(weights, f"{prefix}.output", x + dense(weights, f"{prefix}.output.dense", wide))
    mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def main():
    safetensors, tokenizer, converted = sys.argv[1:]
    weights = load_weights(safetensors)
    with open(tokenizer, encoding="utf-8") as file:
        vocabulary = json.load(file)["model"]["vocab"]
    texts = [tokenize(vocabulary, sentence) for sentence in SENTENCES]
    longest = max(map(len, texts))
    ids = np.array([text + [0] * (longest - len(text)) for text in texts], np.int64)
    mask = np.array([[1] * len(text) + [0] * (longest - len(text)) for text in texts], np.int64)

    session = onnxruntime.InferenceSession(converted, providers=["CPUExecutionProvider"])
    expected = reference(weights, ids, mask)
    padded = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
    single = np.concatenate([session.run(None, {"input_ids": ids[row:row + 1, :len(text)], "attention_mask": mask[row:row + 1, :len(text)]})[0]
                             for row, text in enumerate(texts)])
    cosines = np.concatenate([(padded * expected).sum(1), (single * expected).sum(1)])
    print(f"{len(texts)} sentences, alone and padded: least cosine {cosines.min():.7f}")
    if cosines.min() < LEAST_COSINE or not np.allclose(np.linalg.norm(single, axis=1), 1, atol=1e-4):
        sys.exit(f"error: the converted model differs from the original: cosines {cosines}")


if __name__ == "__main__":
    main()
