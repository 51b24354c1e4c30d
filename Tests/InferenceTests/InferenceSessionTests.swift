import Inference
import Networks
import TestSupport
import Testing

@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct InferenceSessionTests {
    /// 1·1 + 2·2 + 3·3 + 10, and -1·1 + 0·2 + 0.5·3 - 20.
    @Test func multipliesAndAddsAsWorkedOutByHand() throws {
        #expect(try run([1, 2, 3], shape: [1, 3, 1, 1], on: session()) == [24, -19.5])
    }

    @Test func treatsEachPhotoOfABatchByItself() throws {
        let outputs = try run([1, 2, 3, 0, 0, 0, -1, -2, -3], shape: [3, 3, 1, 1], on: session())
        #expect(outputs == [24, -19.5, 10, -20, -4, -20.5])
    }

    @Test func cutsOffBelow0AndAbove6() throws {
        let outputs = try run([1, 2, 3, -7, 0, 44, -10, 1, 0], shape: [3, 3, 1, 1], on: session(isClipped: true))
        #expect(outputs == [6, 0, 6, 6, 2, 0])
    }

    @Test(arguments: [1, 2])
    func givesTheSameToTasksThatRunItAtOnce(threads: Int) async throws {
        let shared = SharedSession(try session(threads: threads))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<4 {
                group.addTask {
                    for number in 0..<50 {
                        let (x, y) = (Float(task), Float(number))
                        let outputs = try run([x, y, 1], shape: [1, 3, 1, 1], on: shared.session)
                        #expect(outputs == [x + 2 * y + 3 + 10, -x + 0.5 - 20])
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func takesAWeightThatIsUsedTwice() throws {
        var graph = Graph(weights: try .floats([("w", [2], [3, 4])]))
        let input = graph.input("x", shape: [nil, 2])
        let (first, second) = (try graph.weight("w", shape: [2]), try graph.weight("w", shape: [2]))
        let sum = graph.apply("Add", graph.apply("Mul", input, first), second)
        graph.output(sum, as: "y", shape: [nil, 2])
        #expect(try run([10, 100], shape: [1, 2], on: InferenceSession(graph, on: .installed())) == [33, 404])
    }

    @Test func refusesNumbersOfAnotherShape() throws {
        let session = try session()
        #expect(throws: InferenceError.self) { try run([1, 2, 3, 4], shape: [1, 4, 1, 1], on: session) }
        #expect(throws: InferenceError.self) { try run([1, 2], shape: [1, 3, 1, 1], on: session) }
    }

    @Test func saysWhyAGraphCannotBeRun() throws {
        var graph = Graph(weights: try .floats([]))
        let nonsense = graph.apply("NoSuchOperation", graph.input("x", shape: [1]))
        graph.output(nonsense, as: "y", shape: [1])
        let error = #expect(throws: InferenceError.self) { _ = try InferenceSession(graph, on: .installed()) }
        #expect(error?.description.contains("NoSuchOperation") == true)
    }

    @Test func hasNoGraphicsProcessorInABuildForProcessors() throws {
        let graph = try TinyNetwork().graph(of: .pooled, weights: TinyNetwork.weights())
        let error = #expect(throws: InferenceError.self) {
            _ = try InferenceSession(graph, on: .installed(), device: .cuda)
        }
        #expect(error?.description.hasPrefix("--device cuda: ") == true)
        #expect(error?.description.contains("Use --device cpu") == true)
    }

    private func session(isClipped: Bool = false, threads: Int = 1) throws -> InferenceSession {
        let graph = try TinyNetwork(isClipped: isClipped).graph(of: .pooled, weights: TinyNetwork.weights())
        return try InferenceSession(graph, on: .installed(), device: .cpu, threads: threads)
    }
}

/// Sessions cannot be copied, and closures share only what can.
private final class SharedSession: Sendable {
    let session: InferenceSession

    init(_ session: consuming InferenceSession) {
        self.session = session
    }
}

private func run(_ values: [Float], shape: [Int], on session: borrowing InferenceSession) throws -> [Float] {
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: values.count)
    defer { buffer.deallocate() }
    _ = buffer.initialize(from: values)
    return try session.run(buffer, shape: shape)
}
