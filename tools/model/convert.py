"""Converts a BERT sentence encoder from safetensors to one ONNX file: `convert.py model.safetensors model.onnx`.

In: token ids and attention mask, [batch, tokens]. Out: unit vectors, [batch, 384]; pooling and normalising are part of
the graph. Weights are stored in half precision and computed with in single precision: half the size, cosine to the
original above 0.99999. Query, key and value are one matrix, and attention, bias + GELU and residual + layer norm are
ONNX Runtime's own fused operations.

Python's standard library is enough, so the bytes do not depend on the versions of anything.
"""

import json
import struct
import sys
from array import array

import onnx_file
from onnx_file import FLOAT, FLOAT16, INT32, INT64, node, tensor, value_info

HIDDEN, HEADS, LAYERS, MAX_TOKENS = 384, 12, 6, 512
EPSILON = 1e-12
FUSED = "com.microsoft"


class Weights:
    """The tensors of a safetensors file, as flat arrays of floats."""

    def __init__(self, path):
        with open(path, "rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            self._header = json.loads(file.read(length))
            self._data = file.read()

    def get(self, name):
        entry = self._header[name]
        if entry["dtype"] != "F32":
            raise ValueError(f"`{name}` is {entry['dtype']}, expected F32")
        start, end = entry["data_offsets"]
        values = array("f", self._data[start:end])
        if sys.byteorder == "big":
            values.byteswap()
        return values

    def transposed(self, name):
        """A linear layer's weights are stored [out, in]; a matrix product wants [in, out]. Returned as rows."""
        width = self._header[name]["shape"][1]
        values = self.get(name)
        return [values[column::width] for column in range(width)]


class Graph:
    """Collects nodes and initializers."""

    def __init__(self):
        self.nodes, self.initializers = [], []

    def add(self, operator, inputs, output, domain="", **attributes):
        self.nodes.append(node(operator, inputs, output, domain, **attributes))
        return output

    def ints(self, name, values, shape):
        self.initializers.append(tensor(name, INT64, shape, struct.pack(f"<{len(values)}q", *values)))
        return name

    def floats(self, name, values, shape):
        self.initializers.append(tensor(name, FLOAT, shape, struct.pack(f"<{len(values)}f", *values)))
        return name

    def halves(self, name, values, shape):
        self.initializers.append(tensor(name, FLOAT16, shape, struct.pack(f"<{len(values)}e", *values)))
        return name

    def widened(self, name, values, shape):
        """Stored as halves, used as floats; the runtime does the cast once, while loading."""
        return self.add("Cast", [self.halves(f"{name}.f16", values, shape)], name, to=FLOAT)


def layer_norm(weights, graph, name, prefix):
    return [graph.floats(f"{name}.{part}", weights.get(f"{prefix}.LayerNorm.{source}"), [HIDDEN])
            for part, source in (("gamma", "weight"), ("beta", "bias"))]


def embeddings(weights, graph):
    """Word + position + token type 0. The word table stays in half precision: only the rows of a text are widened."""
    words = weights.get("embeddings.word_embeddings.weight")
    kind = weights.get("embeddings.token_type_embeddings.weight")[:HIDDEN]
    places = weights.get("embeddings.position_embeddings.weight")
    places = array("f", (value + kind[index % HIDDEN] for index, value in enumerate(places)))

    table = graph.halves("words", words, [len(words) // HIDDEN, HIDDEN])
    rows = graph.add("Cast", [graph.add("Gather", [table, "input_ids"], "word_rows")], "word_values", to=FLOAT)
    count = graph.add("Shape", ["input_ids"], "count", start=1, end=2)
    table = graph.widened("places", places, [MAX_TOKENS, HIDDEN])
    place = graph.add("Slice", [table, graph.ints("zero", [0], [1]), count, "zero"], "place_values")
    both = graph.add("Add", [rows, place], "embedded")
    norm = layer_norm(weights, graph, "embedded_norm", "embeddings")
    return graph.add("LayerNormalization", [both, *norm], "hidden", axis=-1, epsilon=EPSILON)


def linear(weights, graph, name, prefix):
    """The widened [in, out] matrix and the bias of one linear layer."""
    rows = weights.transposed(f"{prefix}.weight")
    values = array("f", (value for row in rows for value in row))
    bias = weights.get(f"{prefix}.bias")
    return (graph.widened(f"{name}.weight", values, [len(rows), len(bias)]),
            graph.floats(f"{name}.bias", bias, [len(bias)]))


def attention(weights, graph, name, prefix, hidden):
    parts = [weights.transposed(f"{prefix}.{part}.weight") for part in ("query", "key", "value")]
    values = array("f", (value for rows in zip(*parts) for row in rows for value in row))
    bias = array("f", (value for part in ("query", "key", "value") for value in weights.get(f"{prefix}.{part}.bias")))
    matrix = graph.widened(f"{name}.qkv.weight", values, [HIDDEN, 3 * HIDDEN])
    offset = graph.floats(f"{name}.qkv.bias", bias, [3 * HIDDEN])
    return graph.add("Attention", [hidden, matrix, offset, "mask_i32"], f"{name}.attended", FUSED, num_heads=HEADS)


def residual(weights, graph, name, prefix, hidden, inner):
    """Linear layer, added to `hidden`, layer norm."""
    matrix, bias = linear(weights, graph, name, f"{prefix}.dense")
    product = graph.add("MatMul", [inner, matrix], f"{name}.product")
    norm = layer_norm(weights, graph, f"{name}.norm", prefix)
    return graph.add("SkipLayerNormalization", [product, hidden, *norm, bias], f"{name}.out", FUSED, epsilon=EPSILON)


def layer(weights, graph, number, hidden):
    prefix, name = f"encoder.layer.{number}", f"layer{number}"
    attended = attention(weights, graph, name, f"{prefix}.attention.self", hidden)
    hidden = residual(weights, graph, f"{name}.attention", f"{prefix}.attention.output", hidden, attended)
    matrix, bias = linear(weights, graph, f"{name}.wide", f"{prefix}.intermediate.dense")
    wide = graph.add("MatMul", [hidden, matrix], f"{name}.wide.product")
    active = graph.add("BiasGelu", [wide, bias], f"{name}.wide.active", FUSED)
    return residual(weights, graph, f"{name}.output", f"{prefix}.output", hidden, active)


def pooled(graph, hidden):
    """Sum over the tokens that the mask keeps, scaled to length 1; dividing by their number first changes nothing."""
    mask = graph.add("Cast", ["attention_mask"], "mask_f32", to=FLOAT)
    mask = graph.add("Unsqueeze", [mask, graph.ints("one", [1], [1])], "mask_row")
    total = graph.add("Squeeze", [graph.add("MatMul", [mask, hidden], "total_row"), "one"], "total")
    return graph.add("LpNormalization", [total], "sentence_embedding", axis=-1, p=2)


def convert(weights):
    graph = Graph()
    hidden = embeddings(weights, graph)
    graph.add("Cast", ["attention_mask"], "mask_i32", to=INT32)
    for number in range(LAYERS):
        hidden = layer(weights, graph, number, hidden)
    output = pooled(graph, hidden)
    return onnx_file.model(
        "all-MiniLM-L6-v2", "coagentor", graph.nodes, graph.initializers,
        [value_info(name, INT64, ["batch", "tokens"]) for name in ("input_ids", "attention_mask")],
        [value_info(output, FLOAT, ["batch", HIDDEN])],
        {"": 17, FUSED: 1},
    )


def main():
    source, target = sys.argv[1:]
    with open(target, "wb") as file:
        file.write(convert(Weights(source)))


if __name__ == "__main__":
    main()
