import ArgumentParser
import Embedders
import Imaging
import SystemPackage
import VisualSearch

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show why two photos are as alike as they are.",
        discussion: """
            Tells how much each view of the photos adds to their similarity, and draws which parts of them look the same to \
            the network.

            EXAMPLES
              lookalike explain dress.jpg found.jpg --out why.png
              lookalike explain dress.jpg found.jpg --match garment --format json
            """)

    @Argument(help: "The one photo.", completion: .file())
    var left: FilePath

    @Argument(help: "The other photo.", completion: .file())
    var right: FilePath

    @Option(help: "Draw both photos and what matches in them: .jpg, .png or .webp.", completion: .file())
    var out: FilePath?

    @Option(help: "How many matching parts are told of at most.")
    var matches = 8

    @Option(help: "What is printed.")
    var format = Format.text

    @Option(help: "What you mean by alike: a little of everything, the same garment, pattern, or type.")
    var match: Match?

    @OptionGroup var engine: EngineOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    mutating func validate() throws {
        engine.features = try engine.features(matching: match)
        guard matches >= 0 else { throw ValidationError("--matches \(matches): give a number from 0") }
        if let out { _ = try ResultSheet.format(of: out, option: "--out") }
    }

    func run() async throws {
        let engine = try await engine.equippedEngine()
        for photo in [left, right] {
            if let problem = engine.problem(with: .file(photo)) {
                throw ValidationError("\(photo.printable): \(problem)")
            }
        }
        let explanation = try await engine.explain(
            .file(left), .file(right), match: match ?? .balanced, matches: matches)
        try out?.replaceContents(with: picture(of: explanation, engine: engine))
        switch format {
        case .text: try Console.put(Array(ExplanationText(explanation).text.utf8))
        case .json: try Console.put(try explanation.jsonDocument)
        }
    }

    private func picture(of explanation: Explanation, engine: SearchEngine) throws -> [UInt8] {
        let photos = try [left, right].map { try engine.thumbnail(of: $0, fitting: MatchSheet.photo) }
        let sheet = MatchSheet(
            left: photos[0], right: photos[1],
            links: explanation.matches.map { MatchSheet.Link(left: $0.left, right: $0.right) },
            title: ExplanationText(explanation).title,
            bars: explanation.parts.map { part in
                MatchSheet.Bar(
                    title: part.view.meaning, value: ExplanationText.sentence(of: part),
                    length: max(0, part.cosine), share: part.weight)
            })
        return try ImageEncoder(format: ResultSheet.format(of: out ?? "out.png")).encode(sheet.drawn())
    }
}
