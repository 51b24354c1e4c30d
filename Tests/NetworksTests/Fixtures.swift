import Foundation
import SystemPackage
import TestSupport

@testable import Archives
@testable import Networks

let goldens = FilePath(#filePath).removingLastComponent().appending("Goldens")

/// The files in Goldens/hostile of one format, by name.
func hostileFiles(_ fileExtension: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: goldens.appending("hostile").string)
        .filter { $0.hasSuffix(".\(fileExtension)") }.sorted()
}

/// A tensor as Scripts/make-goldens.py writes it down.
struct ExpectedTensor: Decodable, Equatable {
    let dtype: TensorType
    let shape: [Int]
    let values: [Double]

    static func all(of file: String) throws -> [String: ExpectedTensor] {
        try golden([String: [String: ExpectedTensor]].self, at: goldens.appending("expected.json"))[file] ?? [:]
    }
}

extension WeightFile {
    var described: [String: ExpectedTensor] {
        tensors.mapValues { ExpectedTensor(dtype: $0.type, shape: $0.shape, values: $0.values) }
    }

    /// Tensors of 32-bit floats, without a file.
    static func floats(_ tensors: [(name: String, shape: [Int], values: [Float])]) throws -> WeightFile {
        try WeightFile(
            tensors.map { name, shape, values in
                let bytes = values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
                return Tensor(
                    name: name, type: .float32, shape: shape, block: MemoryBlock(bytes), range: 0..<bytes.count)
            })
    }
}

extension WeightFile.Tensor {
    fileprivate var values: [Double] {
        switch type {
        case .float64: numbers(Double.self) { $0 }
        case .float32: numbers(Float.self) { Double($0) }
        case .float16: numbers(Float16.self) { Double($0) }
        case .int64: numbers(Int64.self) { Double($0) }
        default: []
        }
    }

    private func numbers<T>(_: T.Type, _ value: (T) -> Double) -> [Double] {
        stride(from: 0, to: bytes.count, by: type.size).map {
            value(bytes.loadUnaligned(fromByteOffset: $0, as: T.self))
        }
    }
}
