import Catalogue
import SystemPackage

extension CatalogueLocation {
    /// As it is written behind `--catalogue`.
    init(argument: String) throws { self = .file(FilePath(argument)) }

    /// For a terminal, whatever bytes its name has.
    var printable: String { FilePath(description).printable }
}
