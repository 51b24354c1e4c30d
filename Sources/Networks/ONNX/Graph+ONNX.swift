extension Graph {
    /// The graph as an ONNX `ModelProto` (onnx.proto3): field numbers are those of that file.
    public func model(_ placement: WeightPlacement) -> [UInt8] {
        var operatorSet = Protobuf()
        operatorSet.write("", field: 1)
        operatorSet.write(17, field: 2)

        var model = Protobuf()
        model.write(8, field: 1)
        model.write("lookalike", field: 2)
        model.write(graphMessage(placement), field: 7)
        model.write(operatorSet, field: 8)
        return model.bytes
    }

    private func graphMessage(_ placement: WeightPlacement) -> Protobuf {
        var graph = Protobuf()
        for operation in operations { graph.write(operation.message, field: 1) }
        graph.write("network", field: 2)
        for tensor in weights { graph.write(tensor.message(placement), field: 5) }
        for input in inputs { graph.write(input.message, field: 11) }
        for output in outputs { graph.write(output.message, field: 12) }
        return graph
    }
}

extension Graph.Operation {
    fileprivate var message: Protobuf {
        var node = Protobuf()
        for input in inputs { node.write(input.name, field: 1) }
        for output in outputs { node.write(output.name, field: 2) }
        node.write(output.name, field: 3)
        node.write(type, field: 4)
        for attribute in attributes { node.write(attribute.value.message(named: attribute.name), field: 5) }
        return node
    }
}

extension Graph.Attribute {
    private enum Kind: Int {
        case float = 1
        case int = 2
        case string = 3
        case floats = 6
        case ints = 7
    }

    fileprivate func message(named name: String) -> Protobuf {
        var attribute = Protobuf()
        attribute.write(name, field: 1)
        switch self {
        case .float(let value): attribute.write(value, field: 2)
        case .int(let value): attribute.write(value, field: 3)
        case .string(let value): attribute.write(value, field: 4)
        case .floats(let values): for value in values { attribute.write(value, field: 7) }
        case .ints(let values): for value in values { attribute.write(value, field: 8) }
        }
        attribute.write(kind.rawValue, field: 20)
        return attribute
    }

    private var kind: Kind {
        switch self {
        case .int: .int
        case .ints: .ints
        case .float: .float
        case .floats: .floats
        case .string: .string
        }
    }
}

extension Graph.Port {
    fileprivate var message: Protobuf {
        var shape = Protobuf()
        for (axis, length) in self.shape.enumerated() {
            shape.write(Self.dimension(length, axis: axis), field: 1)
        }
        var tensor = Protobuf()
        tensor.write(OnnxType.float32.rawValue, field: 1)
        tensor.write(shape, field: 2)
        var type = Protobuf()
        type.write(tensor, field: 1)
        var port = Protobuf()
        port.write(value.name, field: 1)
        port.write(type, field: 2)
        return port
    }

    private static func dimension(_ length: Int?, axis: Int) -> Protobuf {
        var dimension = Protobuf()
        if let length { dimension.write(length, field: 1) } else { dimension.write("axis\(axis)", field: 2) }
        return dimension
    }
}

extension WeightFile.Tensor {
    private static let external = 1

    fileprivate func message(_ placement: WeightPlacement) -> Protobuf {
        var tensor = Protobuf()
        for length in shape { tensor.write(length, field: 1) }
        tensor.write(type.onnx.rawValue, field: 2)
        tensor.write(name, field: 8)
        switch placement {
        case .beside: writeLocation(to: &tensor)
        case .contained: tensor.write(bytes, field: 9)
        }
        return tensor
    }

    /// A place that is never looked at: an engine is told beside the model where the values lie.
    private func writeLocation(to tensor: inout Protobuf) {
        for (key, value) in [("location", "weights"), ("offset", "0"), ("length", "\(bytes.count)")] {
            var entry = Protobuf()
            entry.write(key, field: 1)
            entry.write(value, field: 2)
            tensor.write(entry, field: 13)
        }
        tensor.write(Self.external, field: 14)
    }
}
