import ArgumentParser
import Catalogue

struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Take all that one catalogue knows into another: from a file to a server, or back.",
        discussion: """
            Photos, the embeddings of all models, and what is kept beside them; nothing is embedded anew. What the other \
            catalogue has already is left alone: a copy that was interrupted goes on where it was when it is made again. At the \
            end both are compared by counts, by embeddings bit for bit, and by what each finds nearest to them.

            EXAMPLES
              lookalike copy --from shop.sqlite --to postgres://me@server/shop
              lookalike copy --from postgres://me@server/shop --to shop.sqlite
            """)

    @Option(
        help: "The catalogue that is read: a file, or postgres://USER@HOST/DATABASE.", completion: .file(),
        transform: CatalogueLocation.init(argument:))
    var from: CatalogueLocation

    @Option(
        help: "The catalogue that is written, which is made where there is none.", completion: .file(),
        transform: CatalogueLocation.init(argument:))
    var to: CatalogueLocation

    func validate() throws {
        guard from != to else {
            throw ValidationError("--from and --to name the same catalogue: there is nothing to copy")
        }
    }

    func run() async throws {
        let (source, target) = (try from.opened(), try to.open())
        let done = try await interruptible {
            var bar = ProgressBar("Copying", counting: .photos)
            defer { bar.clear() }
            return try await CatalogueCopy(from: source, to: target).run { bar.show($0.files, of: $0.total) }
        }
        let verification = try await interruptible { try await CopyVerification(of: source, in: target) }
        print(done.sentence)
        print(verification.sentence)
        if !verification.isSound { throw ExitCode(2) }
    }
}
