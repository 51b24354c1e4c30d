import Foundation
public import SystemPackage

/// Decodes a JSON file that an independent implementation wrote once (Scripts/make-goldens.py, Scripts/make-weight-files.py).
public func golden<T: Decodable>(_: T.Type, at path: FilePath) throws -> T {
    try JSONDecoder().decode(T.self, from: Data(contentsOf: URL(fileURLWithPath: path.string)))
}

extension [Float] {
    /// From four little-endian bytes a number in base 64.
    public init(base64 text: String) {
        let data = Data(base64Encoded: text) ?? Data()
        self = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }
}
