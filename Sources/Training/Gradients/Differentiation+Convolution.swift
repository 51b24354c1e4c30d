import Networks

extension Differentiation {
    /// What a convolution looks at, its weights, and its bias where it has one.
    mutating func convolution(_ operation: Graph.Operation, _ upstream: Graph.Value) {
        let (input, weights, groups) = (operation.inputs[0], operation.inputs[1], operation.int("group") ?? 1)
        let window = Window(
            operation, kernel: Array(graph[weights][2...]), over: Array(graph[input][2...]))
        pass(to: input) { $0.looking(back: upstream, through: weights, window, groups: groups) }
        let gradient = WeightGradient(input: input, upstream: upstream, window: window, groups: groups)
        pass(to: weights) { gradient.write(to: &$0) }
        if operation.inputs.count > 2 { pass(to: operation.inputs[2]) { $0.sum(upstream, over: [0, 2, 3]) } }
    }
}

extension ShapedGraph {
    /// What a convolution's input is changed by: the other way through the same weights.
    mutating func looking(back upstream: Graph.Value, through weights: Graph.Value, _ window: Window, groups: Int)
        -> Graph.Value
    {
        // Where every place was looked from, a convolution with weights that are turned around is the faster one.
        if let around = window.around, groups == 1 || self[weights][1] == 1 {
            return convolution(back: upstream, weights, around, window, groups: groups)
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

    /// Turns the weights around, or the pictures before and after it, whichever are smaller.
    private mutating func convolution(
        back upstream: Graph.Value, _ weights: Graph.Value, _ around: [Int], _ window: Window, groups: Int
    ) -> Graph.Value {
        let swapped = groups == 1 ? transpose(weights, [1, 0, 2, 3]) : weights
        let pictures = count(upstream) / window.output.reduce(1, *) * window.input.reduce(1, *) + count(upstream)
        guard count(weights) > pictures else {
            return convolution(upstream, turned(swapped), pads: around, window, groups: groups)
        }
        let pads = Array(around[2...] + around[..<2])
        return turned(convolution(turned(upstream), swapped, pads: pads, window, groups: groups))
    }

    private mutating func convolution(
        _ input: Graph.Value, _ weights: Graph.Value, pads: [Int], _ window: Window, groups: Int
    ) -> Graph.Value {
        apply(
            "Conv", input, weights,
            attributes: [("dilations", .ints(window.dilations)), ("group", .int(groups)), ("pads", .ints(pads))])
    }

    /// The last row and column for the first.
    private mutating func turned(_ value: Graph.Value) -> Graph.Value {
        guard self[value][2...] != [1, 1] else { return value }
        let beyond = -(1 << 40)
        return slice(value, axes: [2, 3], from: [-1, -1], to: [beyond, beyond], steps: [-1, -1])
    }
}

extension Window {
    /// What has to lie around the output, so that every place of the input finds all that was looked from it; `nil` where places were
    /// left out.
    var around: [Int]? {
        let around = pads.enumerated().map { reach[$0 % 2] - $1 }
        return strides == [1, 1] && around.allSatisfy { $0 >= 0 } ? around : nil
    }
}
