import Foundation
import SystemPackage
import TestSupport

@testable import Archives
@testable import Networks

/// Good weight files, and in a folder of their own the hostile ones.
let goldens = FilePath(#filePath).removingLastComponent().appending("Goldens")

/// The files in Goldens/hostile of one format, by name.
func hostileFiles(_ fileExtension: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: goldens.appending("hostile").string)
        .filter { $0.hasSuffix(".\(fileExtension)") }.sorted()
}

/// A tensor as Scripts/make-weight-files.py writes it down.
struct ExpectedTensor: Decodable, Equatable {
    let dtype: TensorType
    let shape: [Int]
    let values: [Double]

    static func all(of file: String) throws -> [String: ExpectedTensor] {
        try byFile()[file] ?? [:]
    }

    /// The good files of one format, by name.
    static func files(_ fileExtension: String) throws -> [String] {
        try byFile().keys.filter { $0.hasSuffix(".\(fileExtension)") }.sorted()
    }

    private static func byFile() throws -> [String: [String: ExpectedTensor]] {
        try golden([String: [String: ExpectedTensor]].self, at: goldens.appending("expected.json"))
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
    /// A copy of its bytes, which last only as long as the tensor.
    var contents: [UInt8] { withExtendedLifetime(self) { Array(bytes) } }

    fileprivate var values: [Double] {
        switch type {
        case .float64: numbers(Double.self) { $0 }
        case .float32: numbers(Float.self) { Double($0) }
        case .float16: numbers(Float16.self) { Double($0) }
        case .bfloat16: numbers(UInt16.self) { Double(Float(bitPattern: UInt32($0) << 16)) }
        case .int64: numbers(Int64.self) { Double($0) }
        case .int32: numbers(Int32.self) { Double($0) }
        case .int16: numbers(Int16.self) { Double($0) }
        case .int8: numbers(Int8.self) { Double($0) }
        case .uint8, .bool: numbers(UInt8.self) { Double($0) }
        }
    }

    private func numbers<T>(_: T.Type, _ value: (T) -> Double) -> [Double] {
        stride(from: 0, to: bytes.count, by: type.size).map {
            value(bytes.loadUnaligned(fromByteOffset: $0, as: T.self))
        }
    }
}
