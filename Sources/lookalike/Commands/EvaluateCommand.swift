import ArgumentParser
import SystemPackage
import VisualSearch

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure how good the answers are, on photos of which it is known what they show.",
        discussion: """
            Each query is asked as a search would be, and whatever has its label is what was meant. With --against, the same \
            queries are asked in another way too, and the differences are taken query by query: an interval that does not \
            hold zero is hardly chance.

            EXAMPLES
              lookalike evaluate --labels shop/labels.csv
              lookalike evaluate --labels folders --photos shop --html quality.html
              lookalike evaluate --self --photos shop
              lookalike evaluate --labels types.csv --query role=query --gallery role=gallery
              lookalike evaluate --labels types.csv --against "--model mobilenet-v2 --framing squash"
              lookalike evaluate --labels cloth.csv --label fabric --ignore-same session
            """)

    @OptionGroup var protocolOptions: ProtocolOptions

    @OptionGroup var ranking: RankingOptions

    @OptionGroup var engine: EngineOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Other options in one word, which answers are compared with.", valueName: "options"))
    var against: String?

    @Option(help: "What is printed.")
    var format = Format.text

    @Option(
        help: "Write a web page with the figures and the worst answers, in one file.",
        completion: .file(extensions: ["html"]))
    var html: FilePath?

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    mutating func validate() throws {
        engine.features = try engine.features(matching: ranking.match)
        if let against { _ = try AnsweringOptions.parse(text: against) }
    }

    func run() async throws {
        try html?.checkWritable()
        let (folders, questions) = (try protocolOptions.folders(), try await protocolOptions.questions())
        let engine = try await engine.equippedEngine()
        let side = try await answer(questions, folders, ranking.searchOptions, engine, name: "answers")
        let verdict = Verdict(side, against: try await other(questions, folders), folders: folders)
        switch format {
        case .text: print(VerdictText(verdict).text, terminator: "")
        case .json: try Console.put(VerdictJSON(verdict).bytes)
        }
        if let html { try VerdictPage(verdict: verdict, engine: engine).write(to: html) }
        if !verdict.report.failures.isEmpty { throw ExitCode(2) }
    }

    private func other(_ questions: Questions, _ folders: [PhotoFolder]) async throws -> Verdict.Side? {
        guard let against else { return nil }
        var other = try AnsweringOptions.parse(text: against)
        other.engine.catalogue = other.engine.catalogue ?? engine.catalogue
        return try await answer(
            questions, folders, other.ranking.searchOptions, other.engine.equippedEngine(), name: "with \(against)")
    }

    private func answer(
        _ questions: Questions, _ folders: [PhotoFolder], _ options: SearchOptions, _ engine: SearchEngine,
        name: String
    ) async throws -> Verdict.Side {
        try engine.check(options)
        try await engine.bringUpToDate(with: folders)
        let quality = try await questions.answers(of: engine, in: folders, options: options)
        await engine.tellTroubles()
        return Verdict.Side(name: name, report: quality)
    }
}
