import Networks

/// What a convolution's weights are changed by: for each place of the kernel, what stood there, times what that changed.
///
/// Products of matrices are faster than the convolution that this is (Chellapilla et al. 2006); what is slow is to lay out their rows.
struct WeightGradient {
    let input: Graph.Value
    let upstream: Graph.Value
    let window: Window
    let groups: Int

    /// In the shape of the weights.
    func write(to graph: inout ShapedGraph) -> Graph.Value {
        groups > 1 ? groupedConvolution(in: &graph) : productsOfPlaces(in: &graph)
    }

    private func productsOfPlaces(in graph: inout ShapedGraph) -> Graph.Value {
        let channels = (input: graph[input][1], output: graph[upstream][1])
        let products =
            if channels.input * channels.output * window.kernel.reduce(1, *) > rowTraffic(in: graph) {
                channelProducts(in: &graph)
            } else if channels.input <= Self.fewChannels {
                joinedProducts(in: &graph)
            } else {
                pictureProducts(in: &graph)
            }
        let all = graph.reshape(products, to: window.kernel + [channels.output, channels.input])
        return graph.transpose(all, [2, 3, 0, 1])
    }

    /// So few rows are no matrix that is worth a product of its own.
    private static let fewChannels = 8

    /// What it takes to lay out channels of all pictures in rows, as against adding up what each picture says.
    private func rowTraffic(in graph: ShapedGraph) -> Int {
        2 * window.output.reduce(1, *) * (graph[input][1] + graph[upstream][1])
    }

    /// Of a kernel, row by row.
    private var places: [[Int]] {
        (0..<window.kernel[0]).flatMap { row in (0..<window.kernel[1]).map { [row, $0] } }
    }

    // MARK: Each picture by itself, as it lies

    private func pictureProducts(in graph: inout ShapedGraph) -> Graph.Value {
        if let around = window.around, graph[upstream][1] < graph[input][1] {
            return movingChanges(around, in: &graph)
        }
        let (padded, fixed) = (graph.pad(input, window.pads), rows(upstream, in: &graph))
        let products = places.map { place in
            let view = rows(view(padded, at: place, in: &graph), in: &graph)
            return correlation(fixed, view, in: &graph)
        }
        return graph.sum(graph.stacked(products), over: [1])
    }

    /// Where every place was looked from, it is the same to move what was changed the other way: less, where it has fewer channels.
    private func movingChanges(_ around: [Int], in graph: inout ShapedGraph) -> Graph.Value {
        let (padded, fixed) = (graph.pad(upstream, around), rows(input, in: &graph))
        let products = places.map { place in
            let changes = rows(changes(padded, at: place, in: &graph), in: &graph)
            return correlation(changes, fixed, in: &graph)
        }
        return graph.sum(graph.stacked(products), over: [1])
    }

    /// What each place of the input changed, through a place of the kernel.
    private func changes(_ padded: Graph.Value, at place: [Int], in graph: inout ShapedGraph) -> Graph.Value {
        let start = (0..<2).map { window.reach[$0] - place[$0] * window.dilations[$0] }
        return graph.slice(padded, axes: [2, 3], from: start, to: (0..<2).map { start[$0] + window.input[$0] })
    }

    /// One matrix a picture, one row a channel.
    private func rows(_ value: Graph.Value, in graph: inout ShapedGraph) -> Graph.Value {
        graph.reshape(value, to: Array(graph[value][..<2]) + [-1])
    }

    /// Engines read the right rows as columns without laying them out anew.
    private func correlation(_ left: Graph.Value, _ right: Graph.Value, in graph: inout ShapedGraph) -> Graph.Value {
        let columns = graph.transpose(right, [0, 2, 1])
        return graph.apply("MatMul", left, columns)
    }

    // MARK: The whole kernel at once

    private func joinedProducts(in graph: inout ShapedGraph) -> Graph.Value {
        let padded = graph.pad(input, window.pads)
        let views = places.map { view(padded, at: $0, in: &graph) }
        let joined = graph.apply("Concat", views, attributes: [("axis", .int(1))])[0]
        let products = correlation(
            rows(upstream, in: &graph), rows(joined, in: &graph), in: &graph)
        let (outputs, inputs) = (graph[upstream][1], graph[input][1])
        let sums = graph.reshape(graph.sum(products, over: [0]), to: [outputs, places.count, inputs])
        return graph.transpose(sums, [1, 0, 2])
    }

    // MARK: Channels of all pictures

    private func channelProducts(in graph: inout ShapedGraph) -> Graph.Value {
        // Channels first, so that each view of the pictures is rows of a matrix.
        let pictures = graph.transpose(graph.pad(input, window.pads), [1, 0, 2, 3])
        let changes = channelRows(graph.transpose(upstream, [1, 0, 2, 3]), in: &graph)
        let products = places.map { place in
            let view = channelRows(view(pictures, at: place, in: &graph), in: &graph)
            return graph.product(changes, view, transposingRight: true)
        }
        return graph.stacked(products)
    }

    /// A matrix of one row a channel.
    private func channelRows(_ channels: Graph.Value, in graph: inout ShapedGraph) -> Graph.Value {
        graph.reshape(channels, to: [graph[channels][0], -1])
    }

    // MARK: Groups of channels

    /// Where groups have few channels, there are no matrices worth the name: then all pictures are the channels of a convolution with what
    /// was changed, in whose kernel strides are what dilations were, and the other way round.
    private func groupedConvolution(in graph: inout ShapedGraph) -> Graph.Value {
        let (count, each) = (graph[input][0], graph[input][1] / groups)
        let grouped = graph.reshape(input, to: [count, groups, each] + window.input)
        let pictures = graph.reshape(
            graph.transpose(grouped, [2, 1, 0, 3, 4]), to: [each, groups * count] + window.input)
        let sums = graph.apply(
            "Conv", pictures, graph.transpose(upstream, [1, 0, 2, 3]),
            attributes: [
                ("strides", .ints(window.dilations)), ("dilations", .ints(window.strides)), ("group", .int(groups)),
                ("pads", .ints(window.pads)),
            ])
        let gradient = graph.transpose(sums, [1, 0, 2, 3])
        // Of places at the end that nothing was looked at from, there may be more.
        return Array(graph[gradient][2...]) == window.kernel
            ? gradient : graph.slice(gradient, axes: [2, 3], from: [0, 0], to: window.kernel)
    }

    // MARK: Views

    /// What a place of the kernel looked at, from each place of the output.
    private func view(_ pictures: Graph.Value, at place: [Int], in graph: inout ShapedGraph) -> Graph.Value {
        let start = (0..<2).map { place[$0] * window.dilations[$0] }
        let end = (0..<2).map { start[$0] + (window.output[$0] - 1) * window.strides[$0] + 1 }
        guard start != [0, 0] || end != Array(graph[pictures][2...]) || window.strides != [1, 1] else {
            return pictures
        }
        return graph.slice(pictures, axes: [2, 3], from: start, to: end, steps: window.strides)
    }
}

extension ShapedGraph {
    /// Several values of one shape, one after the other along a new first axis.
    fileprivate mutating func stacked(_ values: [Graph.Value]) -> Graph.Value {
        let raised = values.map { reshape($0, to: [1] + self[$0]) }
        return raised.count == 1 ? raised[0] : apply("Concat", raised, attributes: [("axis", .int(0))])[0]
    }
}
