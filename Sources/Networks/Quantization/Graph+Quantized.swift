extension Graph {
    /// This network in integers, with what `Calibration` wrote into a weight file. Of this graph the numbers are not
    /// looked at: an outline without normalizations will do. Throws where the file is not one of this network.
    ///
    /// Pairs of QuantizeLinear and DequantizeLinear say what is an integer; engines put them together with the operations
    /// between them to operations on integers.
    public func quantized(by file: WeightFile) throws(WeightFileError) -> Graph {
        var writer = try IntegerWriter(of: self, from: file)
        for input in inputs { writer.quantize(input.value, from: input.value) }
        for operation in operations { try writer.write(operation) }
        return try writer.finished()
    }

    /// The activations that cut nothing off which the ends of the integers do not cut off as well, each with the value
    /// that it is applied to. A layer in floating point needs the activation itself.
    fileprivate func redundantActivations(
        under quantizers: [Value: AffineQuantizer], floatLayers: Set<Value>
    ) -> [Value: Value] {
        let needed = Set(operations.filter { floatLayers.contains($0.output) }.map { $0.inputs[0] })
        return operations.reduce(into: [:]) { redundant, operation in
            guard let quantizer = quantizers[operation.output], quantizer.zero == 0,
                !needed.contains(operation.output)
            else { return }
            let isRedundant =
                operation.type == "Relu"
                || operation.type == "Clip" && quantizer.upperEnd <= constant(operation.inputs[2]) * (1 + rounding)
            if isRedundant { redundant[operation.output] = operation.inputs[0] }
        }
    }

    /// By how much more than an activation's bound the end of its integers may come out.
    private var rounding: Float { 4 * Float.ulpOfOne }

    private func constant(_ value: Value) -> Float {
        guard case .float(let number)? = operations.first(where: { $0.output == value })?.attributes.first?.value
        else { return -.infinity }
        return number
    }
}

private struct IntegerWriter {
    private let graph: Graph
    private let file: WeightFile
    private let plan: QuantizationPlan
    private let shapes: [Graph.Value: [Int]]
    private let quantizers: [Graph.Value: AffineQuantizer]
    private let redundant: [Graph.Value: Graph.Value]
    private var operations: [Graph.Operation] = []
    private var tensors: [String: WeightFile.Tensor] = [:]

    init(of graph: Graph, from file: WeightFile) throws(WeightFileError) {
        (self.graph, self.file) = (graph, file)
        shapes = Dictionary(uniqueKeysWithValues: graph.weights.map { (Graph.Value(name: $0.name), $0.shape) })
        var floatLayers: Set<Graph.Value> = []
        for layer in graph.operations where layer.hasWeights {
            if try file.tensor(layer.inputs[1].name).type == .float32 { floatLayers.insert(layer.output) }
        }
        plan = QuantizationPlan(of: graph, floatLayers: floatLayers)
        var quantizers: [Graph.Value: AffineQuantizer] = [:]
        for value in plan.values { quantizers[value] = try file.quantizer(of: value) }
        self.quantizers = quantizers
        redundant = graph.redundantActivations(under: quantizers, floatLayers: floatLayers)
    }

    mutating func write(_ operation: Graph.Operation) throws(WeightFileError) {
        if let source = redundant[operation.output] { return quantize(operation.output, from: source) }
        if operation.hasWeights && !plan.floatLayers.contains(operation.output) {
            try writeLayer(operation)
        } else {
            try writeInFloat(operation)
        }
        quantize(operation.output, from: operation.output)
    }

    /// Writes the integers of a value of the network, and the numbers that they stand for, where it has such.
    mutating func quantize(_ value: Graph.Value, from source: Graph.Value) {
        guard let quantizer = quantizers[value] else { return }
        let scale = add(value.own("scale"), .float32, shape: [], [quantizer.scale])
        let zero = add(value.own("zero"), .uint8, shape: [], [quantizer.zero])
        operations.append(Graph.Operation("QuantizeLinear", [source, scale, zero], to: value.own("integers")))
        operations.append(
            Graph.Operation("DequantizeLinear", [value.own("integers"), scale, zero], to: value.own("real")))
    }

    private mutating func writeLayer(_ layer: Graph.Operation) throws(WeightFileError) {
        let (input, weight, bias) = (layer.inputs[0], layer.inputs[1], Graph.Value(name: layer.biasName))
        guard let inputScale = quantizers[input]?.scale, let shape = shapes[weight], let outputs = shape.first else {
            throw .unsound("layer “\(layer.output.name)” has integers only on one side")
        }
        let scales = try file.scales(weight.own("scale"), shape: [outputs])
        try take(weight, .int8, shape: shape)
        try take(bias, .int32, shape: [outputs])
        let real = dequantize(
            weight, scales,
            zeros: add(weight.own("zero"), .int8, shape: [outputs], [Int8](repeating: 0, count: outputs)))
        let realBias = dequantize(
            bias, scales.map { $0 * inputScale },
            zeros: add(bias.own("zero"), .int32, shape: [outputs], [Int32](repeating: 0, count: outputs)))
        operations.append(
            Graph.Operation(
                layer.type, [self.real(input), real, realBias], to: layer.output, attributes: layer.attributes))
    }

    /// Weights as the numbers that their integers stand for, with a scale for each output channel.
    private mutating func dequantize(_ integers: Graph.Value, _ scales: [Float], zeros: Graph.Value) -> Graph.Value {
        let scale = add(integers.own("scale"), .float32, shape: [scales.count], scales)
        operations.append(
            Graph.Operation(
                "DequantizeLinear", [integers, scale, zeros], to: integers.own("real"), attributes: [("axis", .int(0))])
        )
        return integers.own("real")
    }

    /// A layer in floating point takes its input as it was before it was quantized: between integers, an engine would
    /// take it for a layer that it is to quantize itself, without scales for its channels. So does an average over
    /// integers whose 0 is not the number 0, since OpenVINO pads pictures with the integer.
    private mutating func writeInFloat(_ operation: Graph.Operation) throws(WeightFileError) {
        for input in operation.inputs {
            if let shape = shapes[input] { try take(input, .float32, shape: shape) }
        }
        let isPlain =
            plan.floatLayers.contains(operation.output)
            || operation.type == "AveragePool" && quantizers[operation.inputs[0]]?.zero != 0
        let inputs = isPlain ? operation.inputs : operation.inputs.map(real)
        operations.append(
            Graph.Operation(operation.type, inputs, to: operation.output, attributes: operation.attributes))
    }

    private func real(_ value: Graph.Value) -> Graph.Value {
        quantizers[value] == nil ? value : value.own("real")
    }

    /// A tensor of the file, checked.
    private mutating func take(_ value: Graph.Value, _ type: TensorType, shape: [Int]) throws(WeightFileError) {
        tensors[value.name] = try file.tensor(value.name, type, shape: shape)
    }

    /// A tensor that is computed.
    private mutating func add(
        _ value: Graph.Value, _ type: TensorType, shape: [Int], _ numbers: [some BitwiseCopyable]
    ) -> Graph.Value {
        tensors[value.name] = WeightFile.Tensor(value.name, type, shape: shape, numbers)
        return value
    }

    /// Without the bounds of activations that are gone.
    func finished() throws(WeightFileError) -> Graph {
        if let rest = file.tensors.keys.filter({ tensors[$0] == nil }).min() {
            throw .unsound("it has a tensor “\(rest)” that the network does not have")
        }
        let read = Set(operations.flatMap(\.inputs))
        return Graph(
            operations.filter { $0.type != "Constant" || read.contains($0.output) }, tensors: Array(tensors.values),
            inputs: graph.inputs, outputs: graph.outputs)
    }
}

extension WeightFile {
    fileprivate func quantizer(of value: Graph.Value) throws(WeightFileError) -> AffineQuantizer {
        let zero = try tensor(value.own("zero").name, .uint8, shape: [])
        return AffineQuantizer(scale: try scales(value.own("scale"), shape: [])[0], zero: zero.bytes[0])
    }

    fileprivate func scales(_ value: Graph.Value, shape: [Int]) throws(WeightFileError) -> [Float] {
        let scales = try tensor(value.name, .float32, shape: shape).floats
        guard scales.allSatisfy({ $0.isNormal && $0 > 0 }) else {
            throw .unsound("“\(value.name)” holds a number that is no scale")
        }
        return scales
    }
}
