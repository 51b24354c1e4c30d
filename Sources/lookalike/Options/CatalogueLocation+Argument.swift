import ArgumentParser
import Catalogue
import SystemPackage

extension CatalogueLocation {
    /// As it is written behind `--catalogue`.
    init(argument: String) throws {
        do { self = try CatalogueLocation(argument) } catch { throw ValidationError("\(error)") }
    }

    /// Refuses an address that is none, or has a password in it: the parser, which comes after, would repeat it.
    static func checkAddresses(in words: [String]) throws {
        for word in words {
            let value = word.hasPrefix("--") ? word.drop { $0 != "=" }.dropFirst() : word[...]
            _ = try CatalogueLocation(String(value))
        }
    }

    /// For a terminal, whatever bytes its name has.
    var printable: String {
        if case .file(let path) = self { path.printable } else { description }
    }
}
