public import SystemPackage

/// Where an object of a store lies, or a folder of such: `s3://BUCKET/KEY`, or `https://HOST/PATH`.
///
/// As a path it is relative (`s3:/BUCKET/KEY`), as no file's absolute path is: so it has its place among the paths of files, with
/// names that lie in others as folders do.
public struct ObjectAddress: Sendable, Hashable, CustomStringConvertible {
    private static let schemes: Set = ["s3:", "http:", "https:"]

    /// `s3`, `http` or `https`.
    let scheme: String
    /// Whose objects they are: a bucket, or a host with its port.
    let owner: String
    /// Of the object among those of its owner, without the slash before it: the key as it is, or a path that is percent-encoded.
    let name: String

    /// `nil` for the path of a file, and for one that names nobody whose objects they could be.
    public init?(_ path: FilePath) {
        // Most paths are none, and whoever prints one asks.
        guard path.isRelative else { return nil }
        let components = path.components.map(\.string)
        guard components.count > 1, let first = components.first, Self.schemes.contains(first.lowercased())
        else { return nil }
        scheme = String(first.lowercased().dropLast())
        // A name and a password are nobody's business who reads the catalogue, or its answers.
        owner = scheme == "s3" ? components[1] : String(components[1].split(separator: "@").last ?? "")
        let name = components.dropFirst(2).joined(separator: "/")
        self.name = scheme == "s3" ? name : name.percentEncoded(keeping: PercentEncoding.ofWebAddresses)
    }

    /// Of an object of the same owner; `nil` for a name that no path can have.
    func object(named name: String) -> ObjectAddress? {
        guard let address = ObjectAddress(FilePath("\(scheme):/\(owner)/\(name)")), address.name == name,
            !name.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }), !name.utf8.contains(0)
        else { return nil }
        return address
    }

    /// Its place among the paths of files.
    public var path: FilePath { FilePath("\(scheme):/\(owner)" + (name.isEmpty ? "" : "/" + name)) }

    /// As people write it.
    public var description: String { "\(scheme)://\(owner)" + (name.isEmpty ? "" : "/" + name) }

    /// What the names of all objects in it begin with.
    var prefix: String { name.isEmpty ? "" : name + "/" }
}
