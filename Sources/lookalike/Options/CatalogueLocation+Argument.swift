import ArgumentParser
import Catalogue
import SystemPackage

extension CatalogueLocation {
    /// As it is written behind `--catalogue`.
    init(argument: String) throws {
        do { self = try CatalogueLocation(argument) } catch { throw ValidationError("\(error)") }
    }

    /// For a terminal, whatever bytes its name has.
    var printable: String {
        if case .file(let path) = self { path.printable } else { description }
    }
}
