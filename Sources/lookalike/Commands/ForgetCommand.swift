import ArgumentParser
import SystemPackage
import VisualSearch

struct ForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Take photos and folders out of the catalogue.",
        discussion: """
            The photos themselves are left alone, and so is what others in the catalogue hold. No file of the catalogue keeps \
            a byte of the embeddings that were made of them, by any model. A photo that stays in a folder of the catalogue is \
            taken in again by the next index or search there, unless --exclude names it.

            EXAMPLES
              lookalike forget ~/Pictures/shop
              lookalike forget shop/dress.jpg shop/coat.jpg
            """)

    @Argument(
        help: ArgumentHelp("Photos and folders, which need not be there any more.", valueName: "path"),
        completion: .file())
    var paths: [FilePath]

    @OptionGroup var engine: EngineOptions

    func run() async throws {
        let engine = try engine.engine()
        let counts = try await engine.forget(paths)
        for (path, count) in zip(paths, counts) { print("\(path.printable): \(count.counted("photo")) forgotten") }
    }
}
