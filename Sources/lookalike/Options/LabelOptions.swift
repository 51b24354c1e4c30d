import ArgumentParser
import SystemPackage
import VisualSearch

/// Photos, and what people say that they show.
struct LabelOptions: ParsableArguments {
    @Option(
        help: "A folder of photos, with all folders in it. Default: the one that the CSV file lies in.",
        completion: .directory)
    var photos: [FilePath] = []

    @Option(
        help: ArgumentHelp(
            "A CSV file with the columns path and label. Default: the folder that a photo lies in is its label.",
            valueName: "file"), completion: .file(extensions: ["csv"]))
    var labels: FilePath?

    @Option(help: ArgumentHelp("The column that says what a photo shows. Default: label.", valueName: "column"))
    var label: String?

    @Option(
        help: ArgumentHelp(
            "Only photos whose column has this value; several of one column may each be had.",
            valueName: "column=value"))
    var only: [Condition] = []

    @Option(
        help: ArgumentHelp(
            "The column that says which photos were taken together: by one photographer, in one place, on one day.",
            discussion:
                "All of them are learnt from or all are kept back, and none is found for another: what they have in common beside what they show would pass for learnt.",
            valueName: "column"))
    var series: String?

    @Option(
        help: ArgumentHelp(
            "What of a photo's file name says what it shows: a regular expression, of which the part in parentheses counts.",
            valueName: "pattern"))
    var identity: String?

    /// Whether nothing but folders could say what photos show.
    var isUnlabelled: Bool { labels == nil && identity == nil }

    func validate() throws {
        guard labels == nil || identity == nil else {
            throw ValidationError("labels are either in a file (--labels) or in file names (--identity)")
        }
        guard labels != nil || only.isEmpty && label == nil && series == nil else {
            throw ValidationError("--label, --only and --series need the columns of a CSV file: name one with --labels")
        }
        guard labels != nil || !photos.isEmpty else {
            throw ValidationError("name the folders of the photos with --photos")
        }
    }

    func folders() throws -> [PhotoFolder] {
        let names = photos.isEmpty ? [labels].compactMap { $0?.folder } : photos
        return try names.map { try PhotoFolder($0) }
    }

    func photoLabels() throws -> PhotoLabels {
        if let labels { return try PhotoLabels(csv: labels, column: label ?? "label", conditions: only.byColumn) }
        return try identity.map { try PhotoLabels(matching: $0) } ?? .folders
    }

    func photoSeries() throws -> PhotoLabels? {
        guard let labels, let series else { return nil }
        return try PhotoLabels(csv: labels, column: series)
    }
}
