"""Writes ONNX files, byte for byte the same on every machine and Python.

ONNX is protobuf. The few messages a model needs are written here by field number (onnx.proto, ONNX IR version 10), so
that converting needs nothing but Python itself and the result can be pinned by its hash.
"""

import struct

FLOAT, INT32, INT64, FLOAT16 = 1, 6, 7, 10
IR_VERSION = 10


def _varint(value):
    if value < 0:
        value += 1 << 64
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field, value):
    return _varint(field << 3) + _varint(value)


def _float(field, value):
    return _varint(field << 3 | 5) + struct.pack("<f", value)


def _bytes(field, value):
    if isinstance(value, str):
        value = value.encode()
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _attribute(name, value):
    body = _bytes(1, name)
    if isinstance(value, float):
        body += _float(2, value) + _number(20, 1)
    elif isinstance(value, int):
        body += _number(3, value) + _number(20, 2)
    else:
        body += b"".join(_number(8, item) for item in value) + _number(20, 7)
    return body


def tensor(name, data_type, shape, raw):
    """One initializer; `raw` is its values, little-endian, row by row."""
    dims = b"".join(_number(1, size) for size in shape)
    return dims + _number(2, data_type) + _bytes(8, name) + _bytes(9, raw)


def value_info(name, data_type, shape):
    """One input or output; a size that is a string is a free dimension of that name."""
    dims = b"".join(_bytes(1, _bytes(2, size) if isinstance(size, str) else _number(1, size)) for size in shape)
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, data_type) + _bytes(2, dims)))


def node(operator, inputs, output, domain="", **attributes):
    """One operation with one output, named after it."""
    body = b"".join(_bytes(1, name) for name in inputs) + _bytes(2, output) + _bytes(3, output) + _bytes(4, operator)
    body += b"".join(_bytes(5, _attribute(name, attributes[name])) for name in sorted(attributes))
    return body + (_bytes(7, domain) if domain else b"")


def model(graph_name, producer, nodes, initializers, inputs, outputs, opsets):
    """A whole file; `opsets` maps an operator domain to its version."""
    graph = b"".join(_bytes(1, item) for item in nodes) + _bytes(2, graph_name)
    graph += b"".join(_bytes(5, item) for item in initializers)
    graph += b"".join(_bytes(11, item) for item in inputs) + b"".join(_bytes(12, item) for item in outputs)
    imports = b"".join(_bytes(8, _bytes(1, domain) + _number(2, opsets[domain])) for domain in sorted(opsets))
    return _number(1, IR_VERSION) + _bytes(2, producer) + _bytes(7, graph) + imports
