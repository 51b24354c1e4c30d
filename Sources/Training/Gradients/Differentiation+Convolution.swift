import Networks

extension Differentiation {
    /// What a convolution looks at, its weights, and its bias where it has one.
    mutating func convolution(_ operation: Graph.Operation, _ upstream: Graph.Value) {
        let (input, weights, groups) = (operation.inputs[0], operation.inputs[1], operation.int("group") ?? 1)
        let window = Window(
            operation, kernel: Array(graph[weights][2...]), over: Array(graph[input][2...]))
        pass(to: input) { $0.looking(back: upstream, through: weights, window, groups: groups) }
        pass(to: weights) { $0.weights(between: input, and: upstream, window, groups: groups) }
        if operation.inputs.count > 2 { pass(to: operation.inputs[2]) { $0.sum(upstream, over: [0, 2, 3]) } }
    }
}

extension ShapedGraph {
    /// What a convolution's input is changed by: the other way through the same weights.
    mutating func looking(back upstream: Graph.Value, through weights: Graph.Value, _ window: Window, groups: Int)
        -> Graph.Value
    {
        // Where every place was looked from, a convolution with weights that are turned around is the faster one.
        if window.strides == [1, 1], groups == 1 || self[weights][1] == 1 {
            return convolution(back: upstream, turned(weights, groups: groups), window, groups: groups)
        }
        let reached = (0..<2).map { (window.output[$0] - 1) * window.strides[$0] + window.reach[$0] + 1 }
        let more = (0..<2).map { window.padded[$0] - reached[$0] }
        return apply(
            "ConvTranspose", upstream, weights,
            attributes: [
                ("strides", .ints(window.strides)), ("dilations", .ints(window.dilations)), ("group", .int(groups)),
                ("pads", .ints(window.pads)), ("output_padding", .ints(more)),
            ])
    }

    private mutating func convolution(
        back upstream: Graph.Value, _ weights: Graph.Value, _ window: Window, groups: Int
    ) -> Graph.Value {
        let pads = (window.padding.before + window.padding.after).enumerated().map { window.reach[$0 % 2] - $1 }
        let wanted: [(String, Graph.Attribute)] = [("dilations", .ints(window.dilations)), ("group", .int(groups))]
        return apply("Conv", upstream, weights, attributes: wanted + [("pads", .ints(pads))])
    }

    /// Inputs for outputs, the last place of the kernel for the first.
    private mutating func turned(_ weights: Graph.Value, groups: Int) -> Graph.Value {
        let kernel = Array(self[weights][2...])
        let swapped = groups == 1 ? transpose(weights, [1, 0, 2, 3]) : weights
        guard kernel != [1, 1] else { return swapped }
        let beyond = -(1 << 40)
        return slice(swapped, axes: [2, 3], from: [-1, -1], to: [beyond, beyond], steps: [-1, -1])
    }

    /// What a convolution's weights are changed by: for each place of the kernel, what stood there of all pictures, times what that
    /// changed. Products of matrices are faster than the convolution that this is (Chellapilla et al. 2006).
    mutating func weights(between input: Graph.Value, and upstream: Graph.Value, _ window: Window, groups: Int)
        -> Graph.Value
    {
        let channels = (input: self[input][1], output: self[upstream][1])
        // Channels first, so that each view of the pictures is rows of a matrix.
        let pictures = transpose(pad(input, window.pads), [1, 0, 2, 3])
        let changes = rows(of: transpose(upstream, [1, 0, 2, 3]), groups: groups)
        let places = (0..<window.kernel[0]).flatMap { row in (0..<window.kernel[1]).map { [row, $0] } }
        let views = places.map { place in rows(of: view(pictures, at: place, window), groups: groups) }
        let products = views.map { correlation(changes, $0) }
        let joined = products.count == 1 ? products[0] : apply("Concat", products, attributes: [("axis", .int(0))])[0]
        let all = reshape(joined, to: window.kernel + [channels.output, channels.input / groups])
        return transpose(all, [2, 3, 0, 1])
    }

    /// What a place of the kernel looked at, from each place of the output.
    private mutating func view(_ pictures: Graph.Value, at place: [Int], _ window: Window) -> Graph.Value {
        let start = (0..<2).map { place[$0] * window.dilations[$0] }
        let end = (0..<2).map { start[$0] + (window.output[$0] - 1) * window.strides[$0] + 1 }
        guard window.kernel != [1, 1] || window.strides != [1, 1] else { return pictures }
        return slice(pictures, axes: [2, 3], from: start, to: end, steps: window.strides)
    }

    /// A matrix of one row a channel, or one matrix a group of them.
    private mutating func rows(of channels: Graph.Value, groups: Int) -> Graph.Value {
        let shape = self[channels]
        return reshape(channels, to: groups == 1 ? [shape[0], -1] : [groups, shape[0] / groups, -1])
    }

    /// The products of the rows of two matrices, or of each pair of them.
    private mutating func correlation(_ left: Graph.Value, _ right: Graph.Value) -> Graph.Value {
        guard self[left].count == 3 else { return product(left, right, transposingRight: true) }
        if self[left][1] == 1, self[right][1] == 1 {
            return sum(multiply(left, right), over: [2], keepingAxes: true)
        }
        return apply("MatMul", left, transpose(right, [0, 2, 1]))
    }
}
