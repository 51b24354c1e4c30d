import ArgumentParser
import Catalogue
import Foundation
import SystemPackage

struct ClusterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "Spread the embeddings of a catalogue on a server over several servers.",
        discussion: """
            A file says over which: {"deadline": 5, "shards": [{"name": "a", "address": "postgres://me@db1/shard"}, …]}. \
            The deadline is how many seconds a search waits for each. Documentation/SCALE.md tells when this pays, and how large \
            the servers have to be.

            EXAMPLES
              lookalike cluster init cluster.json --catalogue postgres://postgres@db0/shop
              lookalike cluster apply cluster.json --catalogue postgres://postgres@db0/shop
              lookalike cluster status --catalogue postgres://me@db0/shop
            """,
        subcommands: [ClusterInitCommand.self, ClusterApplyCommand.self, ClusterStatusCommand.self])
}

/// Which cluster a command is about.
struct ClusterOptions: ParsableArguments {
    @Option(
        help: "The catalogue: a database of a PostgreSQL server, postgres://USER@HOST/DATABASE.",
        transform: CatalogueLocation.init(argument:))
    var catalogue: CatalogueLocation

    func cluster(mayBeMade: Bool = false) throws -> CatalogueCluster {
        try CatalogueCluster(of: catalogue, mayBeMade: mayBeMade)
    }
}

struct ClusterInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Spread a catalogue, new or not, over the servers that a file names.")

    @Argument(help: "The description of the cluster, in JSON.", completion: .file())
    var description: FilePath

    @OptionGroup var options: ClusterOptions

    func run() async throws {
        let (description, cluster) = (try ClusterDescription(at: description), try options.cluster(mayBeMade: true))
        try await interruptible {
            var bar = ProgressBar("Spreading", counting: .embeddings)
            defer { bar.clear() }
            try await cluster.found(description) { bar.show($0, of: $1) }
        }
        print(
            "The catalogue \(options.catalogue.printable) is spread over \(description.shards.count.counted("shard")).")
    }
}

struct ClusterApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Change which servers a catalogue is spread over to those that a file names, while it serves.",
        discussion: """
            A shard that is new gets its share of the embeddings; one that is named no more gives its own to the others, and is \
            left empty. One that has moved to another server keeps its name, and must have everything there. Searches go on; \
            whoever indexes waits for a step at most. What was interrupted goes on where it was when it is run again.
            """)

    @Argument(help: "The description of the cluster, in JSON.", completion: .file())
    var description: FilePath

    @Option(
        help: ArgumentHelp(
            "A shard that is no more in the file, and is gone with all that it held. Its photos are embedded anew by the next ‘lookalike index’.",
            valueName: "name"))
    var lost: [String] = []

    @OptionGroup var options: ClusterOptions

    func run() async throws {
        let (description, cluster) = (try ClusterDescription(at: description), try options.cluster())
        try await interruptible { [lost] in
            var bar = ProgressBar("Moving", counting: .slots)
            defer { bar.clear() }
            try await cluster.apply(description, lost: Set(lost)) { bar.show($0, of: $1) }
        }
        print(try await cluster.status.text)
    }
}

struct ClusterStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show which servers hold what, and whether they answer.")

    @OptionGroup var options: ClusterOptions

    func run() async throws {
        let status = try await options.cluster().status
        print(status.text)
        if status.shards.contains(where: { $0.problem != nil }) { throw ExitCode(2) }
    }
}

extension ClusterDescription {
    /// Reads the file that says it.
    fileprivate init(at path: FilePath) throws {
        let json: Data
        do { json = try Data(contentsOf: URL(filePath: path.string)) } catch {
            throw ValidationError("\(path.printable) cannot be read: name a file that says which shards there are")
        }
        do { try self.init(json: json) } catch { throw ValidationError("\(path.printable): \(error)") }
    }
}
