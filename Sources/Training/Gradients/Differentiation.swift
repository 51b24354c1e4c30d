import Networks

/// Writes behind a graph how a number that it computes changes with others: reverse mode (Griewank & Walther 2008, chapter 3).
struct Differentiation {
    private(set) var graph: ShapedGraph
    /// What depends on anything that is to be changed; nobody asks how the rest changes the number.
    let active: Set<Graph.Value>
    private var gradients: [Graph.Value: Graph.Value] = [:]

    /// How the inputs of an operation change the number, where its output does as much as `upstream` says.
    typealias Rule = @Sendable (inout Differentiation, Graph.Operation, _ upstream: Graph.Value) -> Void

    /// Goes backwards from `loss`, a single number of the graph, to all active values. Traps for an operation that has no rule.
    init(of loss: Graph.Value, in graph: ShapedGraph, active: Set<Graph.Value>) {
        (self.graph, self.active) = (graph, active)
        precondition(graph.count(loss) == 1, "\(loss.name) is more than one number")
        let one = self.graph.constant(1)
        gradients[loss] = self.graph.reshape(one, to: graph[loss])
        for operation in graph.graph.operations.reversed() where operation.inputs.contains(where: isActive) {
            guard let upstream = gradients[operation.output] else { continue }
            guard let rule = Self.rules[operation.type] else {
                preconditionFailure("nobody has written down how \(operation.type) changes with what it is given")
            }
            rule(&self, operation, upstream)
        }
    }

    /// How much the number changes with each of a value's, in the value's shape; `nil` where it does not at all.
    subscript(_ value: Graph.Value) -> Graph.Value? { gradients[value] }

    func isActive(_ value: Graph.Value) -> Bool { active.contains(value) }

    /// Adds to what is known of a value how much the number changes with it by one more way; nothing where nobody asks.
    mutating func pass(to value: Graph.Value, _ gradient: (inout ShapedGraph) -> Graph.Value) {
        guard isActive(value) else { return }
        let more = gradient(&graph)
        gradients[value] = gradients[value].map { graph.add($0, more) } ?? more
    }

    /// Something that several gradients of one operation are made of.
    mutating func write<Written>(_ body: (inout ShapedGraph) -> Written) -> Written { body(&graph) }

    private static let rules: [String: Rule] = elementwise.merging(products) { $1 }.merging(arrangements) { $1 }
        .merging(reductions) { $1 }.merging(windows) { $1 }
        .merging(["BatchNormalization": { $0.normalization($1, $2) }]) { $1 }
}
