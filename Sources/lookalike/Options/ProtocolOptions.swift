import ArgumentParser
import SystemPackage
import VisualSearch

/// Which photos ask, which may be found, and which of these are what was meant.
struct ProtocolOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A CSV file with the columns path and label; or ‘folders’, where each folder's name is a label.",
            valueName: "file"), completion: .file(extensions: ["csv"]))
    var labels: FilePath?

    @Flag(
        name: .customLong("self"),
        help: "Ask with varied copies of the photos themselves, which should find the photos they were made of.")
    var asksItself = false

    @Option(help: ArgumentHelp("With --self, how many photos are varied, evenly spread.", valueName: "count"))
    var limit = 100

    @Option(
        help: ArgumentHelp("Another CSV file, whose photos ask. Default: those of --labels.", valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var queries: FilePath?

    @Option(
        help: "A folder of photos, with all folders in it. Default: those that the CSV files lie in.",
        completion: .directory)
    var photos: [FilePath] = []

    @Option(help: ArgumentHelp("The column that says what a photo shows.", valueName: "column"))
    var label = "label"

    @Option(
        help: ArgumentHelp(
            "Only photos ask whose column has this value; several of one column may each be had.",
            valueName: "column=value"))
    var query: [Condition] = []

    @Option(help: ArgumentHelp("Only such photos may be found.", valueName: "column=value"))
    var gallery: [Condition] = []

    @Option(
        help: ArgumentHelp(
            "A query passes over photos that have its own value in this column.", valueName: "column"))
    var ignoreSame: [String] = []

    func validate() throws {
        guard asksItself != (labels != nil) else {
            throw ValidationError("name a file of labels with --labels, or write --self where there is none")
        }
        guard limit > 0 else { throw ValidationError("--limit \(limit): give a number from 1") }
        guard labels == nil || labels == "folders" else { return }
        guard queries == nil, query.isEmpty, gallery.isEmpty, ignoreSame.isEmpty else {
            throw ValidationError("conditions need the columns of a CSV file: name one with --labels")
        }
        guard !photos.isEmpty else { throw ValidationError("name the folders of the photos with --photos") }
    }

    func folders() throws -> [PhotoFolder] {
        let names = photos.isEmpty ? [labels, queries].compactMap { $0?.folder } : photos
        return try names.map { try PhotoFolder($0) }
    }

    /// What is asked.
    func questions() async throws -> Questions {
        guard let labels else { return .itself(limit: limit) }
        guard labels != "folders" else { return .labels(try await EvaluationProtocol(folders: folders())) }
        var rules = ProtocolRules()
        (rules.label, rules.ignoredColumns) = (label, ignoreSame)
        (rules.queries, rules.gallery) = (query.byColumn, gallery.byColumn)
        let table = try PhotoTable(csv: labels)
        let asking = try queries.map { try PhotoTable(csv: $0) } ?? table
        return .labels(try EvaluationProtocol(queries: asking, gallery: table, rules: rules))
    }
}

/// A column of a table and a value that it must have.
struct Condition: ExpressibleByArgument {
    let column: String
    let value: String

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else { return nil }
        (column, value) = (String(argument[..<sign]), String(argument[argument.index(after: sign)...]))
    }
}

extension [Condition] {
    var byColumn: [String: Set<String>] {
        Dictionary(grouping: self, by: \.column).mapValues { Set($0.map(\.value)) }
    }
}

extension FilePath {
    /// The folder that a file lies in.
    var folder: FilePath {
        let folder = removingLastComponent()
        return folder.isEmpty ? "." : folder
    }
}
