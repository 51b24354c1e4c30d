import ArgumentParser
import Embedders
import IsolatedImaging
import Logging
import SearchServer
import SystemPackage
import VisualSearch

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a page to search with, and an interface for programs.",
        discussion: """
            Nobody but this machine’s users reach it unless you say so. Documentation/API.md tells programs how to ask.

            EXAMPLES
              lookalike serve
              lookalike serve ~/Pictures/shop --watch
              lookalike serve --address 0.0.0.0 --host-name shop.example --token-file ~/.lookalike-token
            """)

    @Argument(help: "Folders of photos to search beside those that the catalogue knows.", completion: .directory)
    var photos: [FilePath] = []

    @Flag(inversion: .prefixedNo, help: "Bring the catalogue up to date first.")
    var refresh = true

    @Flag(help: "Watch the folders, and bring the catalogue up to date whenever something changes in them.")
    var watch = false

    @OptionGroup var server: ServerOptions

    @OptionGroup var engine: EngineOptions

    func run() async throws {
        LoggingSystem.bootstrap(JSONLog.init)
        var configuration = try server.configuration()
        configuration.megapixelLimit = engine.maxMegapixels
        (configuration.refreshesAtStart, configuration.watches) = (refresh, watch)
        let decoder = IsolatedDecoder(
            children: SearchEngine.processorCount, megapixelLimit: engine.maxMegapixels)
        let own = try await engine.equippedEngine(queryDecoder: decoder)
        for folder in photos { try await own.add(root: PhotoFolder(folder)) }
        let server = try SearchServer(
            own, catalogue: engine.location, configuration: configuration,
            services: [DecodingService(decoder: decoder)]
        ) { [engine] model in try engine.engine(of: model, queryDecoder: decoder) }
        do {
            try await server.run { [configuration] in Console.tell("Serving \(configuration.address($0))/") }
        } catch let error as SearchServer.Unserved {
            throw ValidationError("\(error)")
        }
    }
}
