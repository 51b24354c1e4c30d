import Embedders
import Foundation
import Networks
import SystemPackage
import TestSupport
import Testing

@testable import Training
@testable import VisualSearch

@Suite struct CheckpointFileTests {
    private let bench = EngineBench()
    private var store: ModelStore { ModelStore(folder: bench.path("models")) }
    private var file: CheckpointFile { CheckpointFile(of: "mine", in: store) }

    private func checkpoint(plan: String = "plan", _ number: Float = 1) -> TrainingCheckpoint {
        TrainingCheckpoint(
            states: WeightFile(byName: ["a": WeightFile.Tensor("a", .float32, shape: [1], [number])]), best: nil,
            progress: LearningProgress(plan: plan))
    }

    @Test func keepsTheLast() throws {
        #expect(!file.exists)
        for number in 1...3 { try file.keep(checkpoint(Float(number))) }
        #expect(file.exists)
        #expect(try file.checkpoint(of: "plan").states.tensors["a"]?.floats == [3])
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("models/trained").string).count == 1)
        file.remove()
        #expect(!file.exists)
    }

    @Test func isOfOneTraining() throws {
        #expect(throws: SearchError.nothingToResume("mine")) { try file.checkpoint(of: "plan") }
        try file.keep(checkpoint())
        #expect(throws: SearchError.resumesAnother("mine")) { try file.checkpoint(of: "another") }
    }

    @Test(arguments: [0, 1, 31, 32, 40, 100])
    func isNotBelievedWhereItIsCut(length: Int) throws {
        try file.keep(checkpoint())
        let bytes = try Data(contentsOf: URL(fileURLWithPath: store.checkpointPath(of: "mine").string))
        try bench.put([UInt8](bytes.prefix(length)), at: "models/trained/mine.checkpoint")
        #expect(throws: SearchError.resumesNothingDamaged("mine")) { try file.checkpoint(of: "plan") }
    }

    @Test func isNotBelievedWhereAByteIsAnother() throws {
        try file.keep(checkpoint())
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: store.checkpointPath(of: "mine").string)))
        bytes[bytes.count - 2] ^= 1
        try bench.put(bytes, at: "models/trained/mine.checkpoint")
        #expect(throws: SearchError.resumesNothingDamaged("mine")) { try file.checkpoint(of: "plan") }
    }

    /// A file lies where the folder has to be.
    @Test func saysWhyItCannotBeKept() throws {
        try bench.put([1], at: "models/trained")
        let error = #expect(throws: SearchError.self) { try file.keep(checkpoint()) }
        #expect(error?.description.contains("cannot be written") == true)
    }
}
