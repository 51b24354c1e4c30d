import ArgumentParser
import Catalogue
import VisualSearch

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every byte of the catalogue and of what was made from it.",
        discussion: """
            SQLite checks the catalogue, files of indexes are compared with their checksums, and each embedding is looked for \
            in the index of its model. An index that is damaged is dropped, and made anew by the next search with its model. \
            The exit status is 0 if all is sound, 1 if only indexes were not, and 2 if the catalogue itself is damaged.

            EXAMPLES
              lookalike verify
              lookalike verify --catalogue shop.sqlite
            """)

    @Option(
        help: "The catalogue: a file, or postgres://USER@HOST/DATABASE. Default: a file in your data folder.",
        completion: .file(),
        transform: CatalogueLocation.init(argument:))
    var catalogue: CatalogueLocation?

    func run() async throws {
        let location = catalogue ?? Installation.standard.catalogue
        let verification = try await interruptible { try await CatalogueVerification(ofCatalogueAt: location) }
        print(verification.report(on: location))
        if !verification.catalogueFaults.isEmpty { throw ExitCode(2) }
        if !verification.indexFaults.isEmpty { throw ExitCode(1) }
    }
}
