import Inference
import Networks
import TestSupport
import Testing

@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct InferenceSessionTests {
    /// 1·1 + 2·2 + 3·3 + 10, and -1·1 + 0·2 + 0.5·3 - 20.
    @Test(arguments: engines)
    func multipliesAndAddsAsWorkedOutByHand(engine: EngineName) throws {
        #expect(try run([1, 2, 3], shape: [1, 3, 1, 1], on: session(engine)) == [24, -19.5])
    }

    @Test(arguments: engines)
    func treatsEachPhotoOfABatchByItself(engine: EngineName) throws {
        let outputs = try run([1, 2, 3, 0, 0, 0, -1, -2, -3], shape: [3, 3, 1, 1], on: session(engine))
        #expect(outputs == [24, -19.5, 10, -20, -4, -20.5])
    }

    @Test(arguments: engines)
    func cutsOffBelow0AndAbove6(engine: EngineName) throws {
        let session = try session(engine, isClipped: true)
        let outputs = try run([1, 2, 3, -7, 0, 44, -10, 1, 0], shape: [3, 3, 1, 1], on: session)
        #expect(outputs == [6, 0, 6, 6, 2, 0])
    }

    @Test(arguments: engines, [1, 2])
    func givesTheSameToTasksThatRunItAtOnce(engine: EngineName, threads: Int) async throws {
        let session = try session(engine, threads: threads, concurrentRuns: 3 - threads)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<4 {
                group.addTask {
                    for number in 0..<50 {
                        let (x, y) = (Float(task), Float(number))
                        let outputs = try run([x, y, 1], shape: [1, 3, 1, 1], on: session)
                        #expect(outputs == [x + 2 * y + 3 + 10, -x + 0.5 - 20])
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(arguments: engines)
    func takesAWeightThatIsUsedTwice(engine: EngineName) throws {
        var graph = Graph(weights: try .floats([("w", [2], [3, 4])]))
        let input = graph.input("x", shape: [nil, 2])
        let (first, second) = (try graph.weight("w", shape: [2]), try graph.weight("w", shape: [2]))
        let sum = graph.apply("Add", graph.apply("Mul", input, first), second)
        graph.output(sum, as: "y", shape: [nil, 2])
        #expect(try run([10, 100], shape: [1, 2], on: engine.session(of: graph)) == [33, 404])
    }

    @Test(arguments: engines)
    func refusesNumbersOfAnotherShape(engine: EngineName) throws {
        let session = try session(engine)
        #expect(throws: InferenceError.self) { try run([1, 2, 3, 4], shape: [1, 4, 1, 1], on: session) }
        #expect(throws: InferenceError.self) { try run([1, 2], shape: [1, 3, 1, 1], on: session) }
    }

    @Test(arguments: engines)
    func saysWhyAGraphCannotBeRun(engine: EngineName) throws {
        var graph = Graph(weights: try .floats([]))
        let nonsense = graph.apply("NoSuchOperation", graph.input("x", shape: [1]))
        graph.output(nonsense, as: "y", shape: [1])
        let error = #expect(throws: InferenceError.self) { _ = try engine.session(of: graph) }
        #expect(error?.description.contains("NoSuchOperation") == true)
    }

    @Test(arguments: engines)
    func lendsMemoryForTheNumbersOfARun(engine: EngineName) throws {
        let session = try session(engine)
        let outputs = try session.withMemory(for: 3) { (values) throws(InferenceError) in
            #expect(values.count == 3)
            _ = values.initialize(from: [1, 2, 3])
            return try session.run(values, shape: [1, 3, 1, 1])
        }
        #expect(outputs == [24, -19.5])
        #expect(!session.isOnDevice)
    }

    private func session(_ engine: EngineName, isClipped: Bool = false, threads: Int = 1, concurrentRuns: Int = 1)
        throws -> any InferenceSession
    {
        let graph = try TinyNetwork(isClipped: isClipped).graph(of: .pooled, weights: TinyNetwork.weights())
        var settings = SessionSettings.exact
        (settings.threads, settings.concurrentRuns) = (threads, concurrentRuns)
        return try engine.session(of: graph, settings)
    }
}
