import COnnxRuntime
public import Networks

/// A graph that is run again and again, where what it gives under some names it takes under others the next time, without being
/// copied: training is such a thing.
public struct RecurrentSession: ~Copyable {
    /// What goes from run to run.
    public struct State: Sendable {
        /// What a run takes it by.
        public let input: String
        /// What a run gives it by.
        public let output: String
        /// What it is at first.
        public let initial: WeightFile.Tensor

        /// The names are those of an input and an output of the graph, of one shape.
        public init(input: String, output: String, initial: WeightFile.Tensor) {
            (self.input, self.output, self.initial) = (input, output, initial)
        }
    }

    private let runtime: OnnxRuntime
    private let session: OpaquePointer
    /// Where states lie between runs: on a card if that computes them.
    private let place: StatePlace
    /// Kept since their memory is lent.
    private let graph: Graph
    private let states: [State]
    private var values: [OpaquePointer]
    /// Whether they lie in the processor's memory.
    private var areHere = true
    private let results: [String]

    /// `results` names outputs that are wanted of each run beside the states.
    init(
        _ graph: Graph, states: [State], results: [String], on runtime: OnnxRuntime, settings: SessionSettings
    ) throws(InferenceError) {
        let place = try StatePlace(of: runtime, isOnDevice: settings.device == .cuda)
        let values = try runtime.lend(states.map(\.initial))
        let session: OpaquePointer
        do throws(InferenceError) {
            session = try runtime.session(of: graph, threads: settings.threads) { (options) throws(InferenceError) in
                // A plan of where everything lies would be made after the first run, and lie beside what that had taken.
                try runtime.check(runtime.functions.DisableMemPattern(options))
                if place.isOnDevice { try runtime.appendCuda(to: options) }
            }
        } catch {
            for value in values { runtime.functions.ReleaseValue(value) }
            throw error
        }
        (self.graph, self.states, self.results, self.runtime) = (graph, states, results, runtime)
        (self.session, self.place, self.values) = (session, place, values)
    }

    deinit {
        for value in values { runtime.functions.ReleaseValue(value) }
        runtime.functions.ReleaseSession(session)
    }

    /// Runs the graph once on tensors that have the names of its inputs, and returns what is wanted of it, in the order of `results`.
    ///
    /// States that lie on a card can be read after a run that was told to bring them. Throws where the graph cannot be computed:
    /// then all states are what they were.
    public mutating func run(_ inputs: [WeightFile.Tensor], bringingStates: Bool = false) throws(InferenceError)
        -> [[Float]]
    {
        let functions = runtime.functions
        let binding = try runtime.make { functions.CreateIoBinding(session, $0) }
        defer { functions.ReleaseIoBinding(binding) }
        let lent = try runtime.lend(inputs)
        defer { for value in lent { functions.ReleaseValue(value) } }
        for (name, value) in zip(inputs.map(\.name) + states.map(\.input), lent + values) {
            try runtime.check(functions.BindInput(binding, name, value))
        }
        for result in results {
            try runtime.check(functions.BindOutputToDevice(binding, result, runtime.memory))
        }
        let target = bringingStates ? runtime.memory : place.memory
        for state in states { try runtime.check(functions.BindOutputToDevice(binding, state.output, target)) }
        try runtime.check(functions.RunWithBinding(session, nil, binding))
        areHere = bringingStates || !place.isOnDevice
        return try take(runtime.boundValues(of: binding))
    }

    /// The first are results, all others states.
    private mutating func take(_ outputs: [OpaquePointer]) throws(InferenceError) -> [[Float]] {
        guard outputs.count == results.count + states.count else {
            for output in outputs { runtime.functions.ReleaseValue(output) }
            throw .failed("ONNX Runtime gave back \(outputs.count) of \(results.count + states.count) values")
        }
        for value in values { runtime.functions.ReleaseValue(value) }
        values = Array(outputs[results.count...])
        defer { for output in outputs[..<results.count] { runtime.functions.ReleaseValue(output) } }
        var numbers: [[Float]] = []
        for output in outputs[..<results.count] { numbers.append(try runtime.floats(of: output)) }
        return numbers
    }

    /// The numbers of a state, by what a run takes it by; traps for a name that no state has, and where the last run left states on a
    /// card.
    public func numbers(of input: String) throws(InferenceError) -> [Float] {
        guard let place = states.firstIndex(where: { $0.input == input }) else {
            preconditionFailure("no state is called \(input)")
        }
        precondition(areHere, "states lie on the card: run once more and have them brought")
        return try runtime.floats(of: values[place])
    }
}

extension InferenceLibraries {
    /// Makes a graph ready to be run again and again, on what is asked for; ONNX Runtime alone does this.
    ///
    /// `results` names outputs that are wanted of each run beside the states.
    public func recurrentSession(
        of graph: Graph, states: [RecurrentSession.State], results: [String], settings: SessionSettings
    ) throws(InferenceError) -> RecurrentSession {
        let plan = plan(.onnxruntime, for: settings)
        let runtime = try onnxRuntime(on: plan.device)
        try runtime.check(plan.settings)
        return try RecurrentSession(graph, states: states, results: results, on: runtime, settings: plan.settings)
    }
}

extension OnnxRuntime {
    /// Tensors whose values stay where they are.
    fileprivate func lend(_ tensors: [WeightFile.Tensor]) throws(InferenceError) -> [OpaquePointer] {
        var values: [OpaquePointer] = []
        do throws(InferenceError) {
            for tensor in tensors { values.append(try lend(tensor.bytes, shape: tensor.shape)) }
        } catch {
            for value in values { functions.ReleaseValue(value) }
            throw error
        }
        return values
    }
}

/// The memory that states lie in.
private final class StatePlace {
    let isOnDevice: Bool
    let memory: OpaquePointer
    private let runtime: OnnxRuntime

    init(of runtime: OnnxRuntime, isOnDevice: Bool) throws(InferenceError) {
        (self.runtime, self.isOnDevice) = (runtime, isOnDevice)
        guard isOnDevice else {
            memory = runtime.memory
            return
        }
        memory = try runtime.make {
            runtime.functions.CreateMemoryInfo(
                "Cuda", CInt(ORT_ARENA_ALLOCATOR), 0, CInt(ORT_DEFAULT_MEMORY), $0)
        }
    }

    deinit { if isOnDevice { runtime.functions.ReleaseMemoryInfo(memory) } }
}
