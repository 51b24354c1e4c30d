import SystemPackage
import TestSupport
import Testing

@testable import Networks

@Suite struct WeightFileTests {
    @Test func refusesTwoTensorsOfOneName() {
        #expect(throws: WeightFileError.self) { try WeightFile.floats([("w", [1], [1]), ("w", [1], [2])]) }
    }

    @Test func namesATensorThatIsMissing() throws {
        let file = try WeightFile.floats([("w", [1], [1])])
        #expect(try file.tensor("w").shape == [1])
        #expect(throws: WeightFileError.missingTensor("v")) { try file.tensor("v") }
    }

    @Test func namesAFileThatIsMissing() {
        let path = TemporaryFolder().appending("none")
        for read in [WeightFile.init(safetensors:), WeightFile.init(pyTorch:), WeightFile.init(onnx:)]
            as [(FilePath) throws -> WeightFile]
        {
            let error = #expect(throws: WeightFileError.self) { try read(path) }
            #expect("\(String(describing: error))".contains(path.string))
        }
    }
}
