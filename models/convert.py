"""Converts BlazePose from TFLite to ONNX, channel-first. Needs no TensorFlow.

    pip install tflite==2.18.0 onnx==1.18.0 numpy==2.1.3 flatbuffers==25.12.19
    python convert.py IN.tflite OUT.onnx [--drop Identity_2] [--fp16]

--drop NAMES  leaves out these outputs (comma-separated) and whatever only they need
--fp16        stores large weights as fp16 and casts them at load; lossless here, the originals are fp16

The same input gives the same bytes. Every rank-4 activation is NHWC in TFLite and NCHW in ONNX.
"""

import argparse
import os
from collections import Counter

import numpy as np
import onnx
import tflite
from onnx import TensorProto, helper, numpy_helper

ACTIVATION = tflite.ActivationFunctionType
OPERATOR_NAMES = {v: k for k, v in vars(tflite.BuiltinOperator).items() if isinstance(v, int)}
TENSOR_TYPES = {0: np.float32, 1: np.float16, 2: np.int32}
CONVOLUTIONS = ("CONV_2D", "DEPTHWISE_CONV_2D")
# Smaller arrays are not worth a cast.
MIN_FP16_SIZE = 16


def options(operator, kind):
    found, table = kind(), operator.BuiltinOptions()
    found.Init(table.Bytes, table.Pos)
    return found


def sparse_vector(metadata, field):
    """A SparseIndexVector union of the sparsity description."""
    kinds = {1: tflite.Int32Vector, 2: tflite.Uint16Vector, 3: tflite.Uint8Vector}
    table = getattr(metadata, f"Array{field}")()
    vector = kinds[getattr(metadata, f"Array{field}Type")()]()
    vector.Init(table.Bytes, table.Pos)
    return vector.ValuesAsNumpy()


def densify(tensor, values):
    """The heavy model's weights are stored sparse, some in blocks."""
    sparsity, shape = tensor.Sparsity(), tensor.ShapeAsNumpy()
    order, rank = sparsity.TraversalOrderAsNumpy(), len(shape)
    block_map = sparsity.BlockMapAsNumpy() if sparsity.BlockMapLength() else []
    dims = [sparsity.DimMetadata(i) for i in range(len(order))]
    block = [1] * rank
    for level, axis in enumerate(order):
        if axis >= rank:
            block[block_map[axis - rank]] = dims[level].DenseSize()
    sparse = [
        None if d.Format() == 0 else (sparse_vector(d, "Segments"), sparse_vector(d, "Indices")) for d in dims
    ]
    out = np.zeros(shape, values.dtype)

    def fill(level, position, at):
        if level == len(order):
            index = [at[i] * block[i] for i in range(rank)]
            for i, axis in enumerate(block_map):
                index[axis] += at[rank + i]
            out[tuple(index)] = values[position]
        elif sparse[level] is None:
            size = dims[level].DenseSize()
            for i in range(size):
                at[order[level]] = i
                fill(level + 1, position * size + i, at)
        else:
            segments, indices = sparse[level]
            for k in range(segments[position], segments[position + 1]):
                at[order[level]] = int(indices[k])
                fill(level + 1, k, at)

    fill(0, 0, [0] * len(order))
    return out


def same_padding(size, kernel, stride, dilation):
    outputs = -(-size // stride)
    padding = max((outputs - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
    return padding // 2, padding - padding // 2


class Converter:
    def __init__(self, data, drop, fp16):
        self.model = tflite.Model.GetRootAsModel(data, 0)
        self.graph = self.model.Subgraphs(0)
        self.drop, self.fp16 = drop, fp16
        self.nodes, self.initializers = [], {}
        # Paddings that are folded into the convolutions that follow: tensor -> (source, [top, left, bottom, right]).
        self.pads = {}
        self.constants = self.read_constants()
        self.operators = [self.graph.Operators(k) for k in range(self.graph.OperatorsLength())]
        self.uses = {}
        for operator in self.operators:
            for i in operator.InputsAsNumpy():
                self.uses.setdefault(int(i), []).append(self.operator_name(operator))

    def operator_name(self, operator):
        code = self.model.OperatorCodes(operator.OpcodeIndex())
        return OPERATOR_NAMES[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]

    def name(self, i):
        return self.graph.Tensors(i).Name().decode()

    def shape(self, i):
        return list(self.graph.Tensors(i).ShapeAsNumpy())

    def read_constants(self):
        constants = {}
        for i in range(self.graph.TensorsLength()):
            tensor = self.graph.Tensors(i)
            raw = self.model.Buffers(tensor.Buffer()).DataAsNumpy()
            if isinstance(raw, int) or raw is None or len(raw) == 0:
                continue
            values = np.frombuffer(raw.tobytes(), TENSOR_TYPES[tensor.Type()])
            if tensor.Sparsity() is not None:
                constants[i] = densify(tensor, values)
            else:
                constants[i] = values.reshape(tensor.ShapeAsNumpy() if tensor.ShapeLength() else ())
        return constants

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))

    def initializer(self, key, array):
        if self.fp16 and array.dtype == np.float32 and array.size >= MIN_FP16_SIZE:
            self.initializers[key + "_h"] = array.astype(np.float16)
            self.node("Cast", [key + "_h"], key, to=TensorProto.FLOAT)
        else:
            self.initializers[key] = array
        return key

    def activated(self, kind, inputs, output, activation, **attributes):
        """A node and the activation that TFLite fuses into it."""
        if activation == ACTIVATION.NONE:
            self.node(kind, inputs, output, **attributes)
            return
        before = output + "_pre"
        self.node(kind, inputs, before, **attributes)
        if activation == ACTIVATION.RELU6:
            self.initializers.setdefault("c0", np.array(0, np.float32))
            self.initializers.setdefault("c6", np.array(6, np.float32))
            self.node("Clip", [before, "c0", "c6"], output)
        elif activation == ACTIVATION.RELU:
            self.node("Relu", [before], output)
        else:
            raise NotImplementedError(f"activation {activation}")

    def source_and_pads(self, i, kernel, stride, dilation, padding):
        source, pads = self.pads.get(i, (i, [0, 0, 0, 0]))
        if padding == tflite.Padding.SAME:
            _, height, width, _ = self.shape(i)
            top, bottom = same_padding(height, kernel[0], stride[0], dilation[0])
            left, right = same_padding(width, kernel[1], stride[1], dilation[1])
            pads = [pads[0] + top, pads[1] + left, pads[2] + bottom, pads[3] + right]
        return source, pads

    # One method for each TFLite operator: (operator, inputs, output index, output name).

    def dequantize(self, _, inputs, o, out):
        self.constants[o] = self.constants[inputs[0]].astype(np.float32)

    def densify(self, _, inputs, o, out):
        self.constants[o] = self.constants[inputs[0]]

    def pad(self, _, inputs, o, out):
        p = self.constants[inputs[1]]
        if p[3].sum() == 0 and all(use in CONVOLUTIONS for use in self.uses[o]):
            self.pads[o] = (inputs[0], [int(p[1][0]), int(p[2][0]), int(p[1][1]), int(p[2][1])])
            return
        q = p[[0, 3, 1, 2]]
        self.initializers[out + "_p"] = np.concatenate([q[:, 0], q[:, 1]]).astype(np.int64)
        self.node("Pad", [self.name(inputs[0]), out + "_p"], out)

    def convolution(self, operator, inputs, out, kind, order, depthwise):
        c = options(operator, kind)
        weights = self.constants[inputs[1]]
        kernel, stride = list(weights.shape[1:3]), [c.StrideH(), c.StrideW()]
        dilation = [c.DilationHFactor(), c.DilationWFactor()]
        source, pads = self.source_and_pads(inputs[0], kernel, stride, dilation, c.Padding())
        weights = np.ascontiguousarray(weights.transpose(*order).astype(np.float32))
        w = self.initializer(out + "_w", weights)
        b = self.initializer(out + "_b", self.constants[inputs[2]].astype(np.float32))
        group = self.shape(source)[3] if depthwise else 1
        self.activated(
            "Conv", [self.name(source), w, b], out, c.FusedActivationFunction(),
            kernel_shape=kernel, strides=stride, dilations=dilation, pads=pads, group=group,
        )  # fmt: skip

    def conv_2d(self, operator, inputs, o, out):
        self.convolution(operator, inputs, out, tflite.Conv2DOptions, (0, 3, 1, 2), False)

    def depthwise_conv_2d(self, operator, inputs, o, out):
        self.convolution(operator, inputs, out, tflite.DepthwiseConv2DOptions, (3, 0, 1, 2), True)

    def add(self, operator, inputs, o, out):
        activation = options(operator, tflite.AddOptions).FusedActivationFunction()
        self.activated("Add", [self.name(i) for i in inputs[:2]], out, activation)

    def max_pool_2d(self, operator, inputs, o, out):
        c = options(operator, tflite.Pool2DOptions)
        kernel, stride = [c.FilterHeight(), c.FilterWidth()], [c.StrideH(), c.StrideW()]
        _, pads = self.source_and_pads(inputs[0], kernel, stride, [1, 1], c.Padding())
        activation = c.FusedActivationFunction()
        source = [self.name(inputs[0])]
        self.activated("MaxPool", source, out, activation, kernel_shape=kernel, strides=stride, pads=pads)

    def resize_bilinear(self, operator, inputs, o, out):
        c = options(operator, tflite.ResizeBilinearOptions)
        before, after = self.shape(inputs[0]), self.shape(o)
        scales = [1, 1, after[1] / before[1], after[2] / before[2]]
        self.initializers[out + "_s"] = np.array(scales, np.float32)
        mode = "align_corners" if c.AlignCorners() else "half_pixel" if c.HalfPixelCenters() else "asymmetric"
        source = [self.name(inputs[0]), "", out + "_s"]
        self.node("Resize", source, out, mode="linear", coordinate_transformation_mode=mode)

    def depth_to_space(self, operator, inputs, o, out):
        size = options(operator, tflite.DepthToSpaceOptions).BlockSize()
        self.node("DepthToSpace", [self.name(inputs[0])], out, blocksize=size, mode="DCR")

    def logistic(self, _, inputs, o, out):
        self.node("Sigmoid", [self.name(inputs[0])], out)

    def reshape(self, _, inputs, o, out):
        before, source = self.shape(inputs[0]), self.name(inputs[0])
        if len(before) == 4 and before[1] * before[2] > 1 and before[3] > 1:
            # Back to NHWC: the flat order is part of the meaning.
            self.node("Transpose", [source], out + "_t", perm=[0, 2, 3, 1])
            source = out + "_t"
        self.initializers[out + "_sh"] = np.array(self.shape(o), np.int64)
        self.node("Reshape", [source, out + "_sh"], out)

    def concatenation(self, operator, inputs, o, out):
        rank = len(self.shape(o))
        axis = options(operator, tflite.ConcatenationOptions).Axis() % rank
        if rank == 4:
            axis = {0: 0, 1: 2, 2: 3, 3: 1}[axis]
        self.node("Concat", [self.name(i) for i in inputs], out, axis=axis)

    def value(self, i):
        shape = self.shape(i)
        if len(shape) == 4:
            shape = [shape[0], shape[3], shape[1], shape[2]]
        return helper.make_tensor_value_info(self.name(i), TensorProto.FLOAT, [int(s) for s in shape])

    def live_nodes(self, kept):
        """What the kept outputs need, and the names of all that these nodes read."""
        needed, live = {self.name(o) for o in kept}, []
        for node in reversed(self.nodes):
            if node.output[0] in needed:
                live.append(node)
                needed |= set(node.input)
        return live[::-1], needed

    def convert(self):
        for operator in self.operators:
            inputs, output = [int(i) for i in operator.InputsAsNumpy()], int(operator.Outputs(0))
            method = getattr(self, self.operator_name(operator).lower(), None)
            if method is None:
                raise NotImplementedError(self.operator_name(operator))
            method(operator, inputs, output, self.name(output))
        outputs = [self.graph.Outputs(k) for k in range(self.graph.OutputsLength())]
        kept = [o for o in outputs if self.name(o) not in self.drop]
        live, needed = self.live_nodes(kept)
        weights = [numpy_helper.from_array(v, k) for k, v in self.initializers.items() if k in needed]
        inputs = [self.value(self.graph.Inputs(0))]
        graph = helper.make_graph(live, "blazepose", inputs, [self.value(o) for o in kept], weights)
        # The producer's name is part of the files' digests.
        opsets = [helper.make_opsetid("", 17)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="tfl2onnx-spike")
        onnx.checker.check_model(model, full_check=True)
        return model


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--drop", default="")
    parser.add_argument("--fp16", action="store_true")
    arguments = parser.parse_args()
    with open(arguments.source, "rb") as file:
        data = file.read()
    model = Converter(data, set(filter(None, arguments.drop.split(","))), arguments.fp16).convert()
    onnx.save(model, arguments.target)
    kinds = dict(Counter(node.op_type for node in model.graph.node))
    print(arguments.target, os.path.getsize(arguments.target), "bytes", kinds)


if __name__ == "__main__":
    main()
