import SystemPackage
import TestSupport
import Testing

@testable import Archives
@testable import Networks

/// A model as its publisher's library describes it (Scripts/make-weight-files.py).
private struct ExpectedModel: Decodable, Equatable {
    struct Port: Decodable, Equatable {
        let name: String
        let type: Int?
        let shape: [Axis]?
    }

    /// A length, or the name of one, or nothing.
    enum Axis: Decodable, Equatable {
        case length(Int)
        case name(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let length = try? container.decode(Int.self) {
                self = .length(length)
            } else {
                self = .name(try container.decode(String.self))
            }
        }

        init(_ dimension: OnnxModel.Dimension) {
            switch dimension {
            case .fixed(let length): self = .length(length)
            case .symbolic(let name): self = .name(name)
            case .unknown: self = .name("")
            }
        }
    }

    let producer: String
    let operatorSets: [String: Int]
    let inputs: [Port]
    let outputs: [Port]

    static func all() throws -> [String: ExpectedModel] {
        try golden([String: ExpectedModel].self, at: goldens.appending("models.json"))
    }
}

extension ExpectedModel {
    init(_ model: OnnxModel) {
        producer = model.producer
        operatorSets = model.operatorSets
        inputs = model.inputs.map(Port.init)
        outputs = model.outputs.map(Port.init)
    }
}

extension ExpectedModel.Port {
    init(_ port: OnnxModel.Port) {
        name = port.name
        type = port.type?.rawValue
        shape = port.shape?.map(ExpectedModel.Axis.init)
    }
}

@Suite struct OnnxModelTests {
    @Test(arguments: try ExpectedModel.all())
    fileprivate func describesAModelAsItsPublishersLibraryDoes(name: String, expected: ExpectedModel) throws {
        #expect(try ExpectedModel(OnnxModel(at: goldens.appending(name))) == expected)
    }

    @Test func leavesOutTheInputThatAnInitialiserFills() throws {
        let model = try OnnxModel(at: goldens.appending("parts.onnx"))
        #expect(model.inputs.map(\.name) == ["photo", "flag", "words"])
        #expect(model.initializers.contains { $0.name == "float" })
    }

    @Test(arguments: try hostileFiles("onnx"))
    func refusesAHostileFile(name: String) {
        let path = goldens.pushing(FilePath("hostile/\(name)"))
        let error = #expect(throws: WeightFileError.self) { try OnnxModel(at: path) }
        #expect(error?.description.hasPrefix("\(path) cannot be used: ") == true)
    }

    @Test(arguments: [
        "tensor-in-another-file", "tensor-in-another-file-by-place", "tensor-in-another-file-by-flag",
        "tensor-in-another-file-in-subgraph",
    ])
    func opensNoOtherFileAndSaysWhatToDo(name: String) {
        let path = goldens.pushing(FilePath("hostile/\(name).onnx"))
        let error = #expect(throws: WeightFileError.self) { try OnnxModel(at: path) }
        #expect(error?.description.contains("save_as_external_data=False") == true)
    }

    @Test func refusesEveryPartOfAFile() throws {
        let whole = try contents(of: goldens.appending("put-together-by-hand.onnx"))
        for length in 0..<whole.count {
            #expect(throws: WeightFileError.self, "\(length) bytes") {
                try OnnxModel(MemoryBlock(Array(whole.prefix(length))))
            }
        }
    }

    /// Whatever one byte of a file becomes, reading it ends, and with tensors or an error.
    @Test func survivesAnyWrongByte() throws {
        let whole = try contents(of: goldens.appending("put-together-by-hand.onnx"))
        var random = SeededRandom(seed: 8)
        for place in whole.indices {
            for wrong in [0, 0xFF, 0x80, UInt8.random(in: 0...255, using: &random)] {
                var bytes = whole
                bytes[place] = wrong
                do throws(WeightFileError) { _ = try WeightFile(onnx: MemoryBlock(bytes)) } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }
}
