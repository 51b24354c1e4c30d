import Networks
import SystemPackage
import TestSupport
import Testing

@testable import Inference

@Suite struct EngineTrialTests {
    @Test(
        .enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)), arguments: engines)
    func passesWhereNumbersAreRight(engine: EngineName) throws {
        #expect(try engine.opened().tryOut(.exact) > .zero)
    }

    @Test(.enabled(if: InstalledModels.hasOpenVino && OpenVino.hasBfloat16, "needs a processor with bfloat16"))
    func hasAnAnswerThatShortNumbersHoldToo() throws {
        let settings = SessionSettings(device: .cpu, precision: .bfloat16)
        #expect(try EngineName.openvino.opened(settings).tryOut(settings) > .zero)
    }

    @Test func failsWhereNumbersAreWrong() throws {
        for output in [[], [30, -24, 57], [30, -24, 57, -51, 0], [30, -24, 57, -50], [-24, 30, -51, 57]] as [[Float]] {
            #expect(throws: InferenceError.self) { try WrongEngine(output: output).tryOut(.exact) }
        }
        #expect(try WrongEngine(output: EngineTrial.expected).tryOut(.exact) >= .zero)
    }
}

/// Answers with the same numbers whatever it is asked.
private struct WrongEngine: InferenceEngine {
    static let name = EngineName.onnxruntime
    let output: [Float]
    let path: FilePath = "/nowhere"
    let version = "0"

    func check(_ settings: SessionSettings) throws(InferenceError) {}

    func session(of model: any ExecutableModel, settings: SessionSettings) throws(InferenceError) -> any InferenceSession {
        Session(output)
    }

    private final class Session: InferenceSession {
        let batchSize = 1
        private let output: [Float]
        init(_ output: [Float]) { self.output = output }
        func run(_ values: UnsafeMutableBufferPointer<Float>, shape: [Int]) throws(InferenceError) -> [Float] { output }
    }
}
