public import Inference
public import Networks

/// One step of training as one graph: forwards through a network to its loss, backwards to the gradients, and the weights changed.
///
/// Whatever a step leaves for the next, weights and what is remembered of them, are outputs that become inputs.
public struct TrainingStep: Sendable {
    /// All of it.
    public let graph: Graph
    /// What goes from step to step.
    public let states: [RecurrentSession.State]
    /// About how many bytes a step needs: what the way back needs of the way there, what goes from step to step, old and new, and what comes
    /// and goes within a step.
    public let memory: Int
    private let optimizer: Optimizer

    /// Gradients on their way, and gaps between blocks of memory: as three networks were measured that learnt.
    private static let passing = 1.6

    /// By which a step is told how far to go, one number; and the optimizer's correction, two.
    public static let (rate, correction) = ("rate", "correction")
    /// By which a step tells the loss.
    public static let loss = "loss"

    /// What a step is told beside photos: which step it is, from 1 on, and how far to go.
    public func settings(step: Int, rate: Float) -> [WeightFile.Tensor] {
        [
            WeightFile.Tensor(Self.rate, .float32, shape: [1], [rate]),
            WeightFile.Tensor(Self.correction, .float32, shape: [2], optimizer.correction(at: step)),
        ]
    }

    /// Takes a network on batches of that size, which `loss` makes one number of.
    ///
    /// Throws where the network's tensors are not its own.
    public init(
        of network: Graph, batch: Int, layers: TrainedLayers, optimizer: Optimizer, loss: Loss
    ) throws(WeightFileError) {
        var pass = try ForwardPass(network, batch: batch, layers: layers)
        let result = loss.write(behind: network.outputName, of: &pass)
        let rate = pass.append { $0.input(Self.rate, shape: [1]) }
        let correction = pass.append { $0.input(Self.correction, shape: [2]) }
        let activity = pass.memory
        let backwards = Differentiation(of: result, in: pass.graph, active: pass.active)
        var (graph, states) = (backwards.graph, [RecurrentSession.State]())
        graph.output(graph.reshape(result, to: [1]), as: Self.loss)
        for parameter in pass.parameters {
            guard let gradient = backwards[Graph.Value(name: parameter.name)] else { continue }
            let memories = optimizer.memories.map { parameter.zeros(named: "\(parameter.name) \($0)") }
            let taken = memories.map { graph.input($0.name, shape: $0.shape) }
            let next = optimizer.update(
                Graph.Value(name: parameter.name), by: gradient, memories: taken, rate: rate, correction: correction,
                in: &graph)
            for (tensor, value) in zip([parameter] + memories, [next.weight] + next.memories) {
                states.append(graph.state(tensor, value))
            }
        }
        for (tensor, next) in pass.gathered { states.append(graph.state(tensor, next)) }
        (self.graph, self.states, self.optimizer) = (graph.graph, states, optimizer)
        let lasting = activity + 2 * states.reduce(0) { $0 + $1.initial.bytes.count }
        memory = Int(Self.passing * Double(lasting))
    }
}

extension ShapedGraph {
    fileprivate mutating func state(_ tensor: WeightFile.Tensor, _ next: Graph.Value)
        -> RecurrentSession.State
    {
        let output = "next \(tensor.name)"
        self.output(next, as: output)
        return RecurrentSession.State(input: tensor.name, output: output, initial: tensor)
    }
}

extension WeightFile.Tensor {
    fileprivate func zeros(named name: String) -> Self {
        Self(name, .float32, shape: shape, [Float](repeating: 0, count: shape.reduce(1, *)))
    }
}
