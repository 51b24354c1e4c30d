import COnnxRuntime
import Networks
import TestSupport
import Testing

@testable import Inference

/// A card's session with nothing that would be the card's: what is bound, and how runs are cut and put together, is the
/// same where the processor computes.
@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct CudaSessionTests {
    private func session(memory: Int = 16 << 30) throws -> CudaSession {
        let engine = try #require(try EngineName.onnxruntime.opened() as? OnnxRuntime)
        let device = CudaDevice(
            name: "processor", memory: memory, driver: CudaVersion(major: 13, minor: 0),
            capability: CudaVersion(major: 9, minor: 0))
        let graph = try TinyNetwork().graph(of: .pooled, weights: TinyNetwork.weights())
        return try CudaSession(graph, on: engine, device: device) { _ in }
    }

    /// 1·x + 2·2 + 3·3 + 10, and -1·x + 0·2 + 0.5·3 - 20.
    private func expected(_ photos: Int) -> [Float] {
        (0..<photos).flatMap { photo -> [Float] in [Float(photo) + 23, -18.5 - Float(photo)] }
    }

    private func input(_ photos: Int) -> [Float] { (0..<photos).flatMap { [Float($0), 2, 3] } }

    @Test(arguments: [1, 7, 8, 13, 64, 150])
    func givesBackEachPhotosNumbersInTheirOrder(photos: Int) throws {
        let session = try session()
        #expect(try run(input(photos), shape: [photos, 3, 1, 1], on: session) == expected(photos))
    }

    @Test func writesIntoTheMemoryThatItLends() throws {
        let session = try session()
        let outputs = try session.withMemory(for: 24) { (values) throws(InferenceError) in
            _ = values.initialize(from: input(8))
            return try session.run(values, shape: [8, 3, 1, 1])
        }
        #expect(outputs == expected(8))
    }

    @Test func takesBatchesOfTheCardsSize() throws {
        for (memory, batch) in [(16 << 30, 64), (4 << 30, 16)] {
            let session = try session(memory: memory)
            #expect(session.batchSize == batch && session.isOnDevice)
        }
    }

    @Test func givesTheSameToTasksThatRunItAtOnce() async throws {
        let session = try session()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 1...4 {
                group.addTask {
                    for _ in 0..<20 {
                        let outputs = try run(input(task), shape: [task, 3, 1, 1], on: session)
                        #expect(outputs == expected(task))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func refusesNumbersOfAnotherShape() throws {
        let session = try session()
        #expect(throws: InferenceError.self) { try run([1, 2, 3, 4], shape: [1, 4, 1, 1], on: session) }
        #expect(throws: InferenceError.self) { try run([1, 2], shape: [1, 3, 1, 1], on: session) }
    }

    /// Of the processor's own kind, which every session has; a session on the processor has none of a card's.
    @Test func lendsMemoryOfAKindThatTheSessionKnows() throws {
        let runtime = try #require(try EngineName.onnxruntime.opened() as? OnnxRuntime)
        let session = try runtime.session(of: EngineTrial.graph(), threads: 1)
        defer { runtime.functions.ReleaseSession(session) }
        let memory = try PinnedMemory(for: session, runtime, kind: "Cpu")
        defer { memory.free() }
        let start = try #require(memory.allocate(1000))
        defer { memory.deallocate(start) }
        start.initialize(repeating: 1, count: 1000)
        #expect(throws: InferenceError.self) { try PinnedMemory(for: session, runtime) }
    }
}
