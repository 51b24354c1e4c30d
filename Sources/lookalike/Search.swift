import Catalogue
import SystemPackage
import VisualSearch

/// One search as it was asked for.
struct Search {
    let questions: [Question]
    /// As the user wrote them; none for all that the catalogue knows.
    let folders: [FilePath]
    let exclusions: [String]
    let refreshes: Bool
    /// Whether the least unlike are results where nothing looks like the query.
    var insists = false
    let options: SearchOptions

    func run(on engine: SearchEngine, verbose: Bool) async throws -> Findings {
        let folders = try await engine.folders(named: folders, excluding: exclusions)
        let queries = questions.map(\.query)
        try engine.check(options)
        // A mistyped query should be known before many photos are indexed for it.
        if queries.contains(where: { engine.problem(with: $0) == nil }) {
            if refreshes { try await refresh(folders, on: engine, verbose) }
            try await engine.tellingProgress(for: options, in: folders)
        }
        let answers = try await engine.search(queries, in: folders, options: options)
        await engine.tellTroubles()
        let findings = Findings(
            zip(questions, answers).map { question, answer in
                Finding(question: question, answer: insists ? answer : answer.map(\.withoutUnlike))
            }, folders: folders)
        tell(of: findings)
        return findings
    }

    private func refresh(_ folders: [PhotoFolder], on engine: SearchEngine, _ verbose: Bool) async throws {
        do { try await engine.bringUpToDate(with: folders, verbose: verbose) } catch let error as CatalogueError {
            guard options.acceptsPartial, case .shardsMissing = error else { throw error }
            Console.tell("lookalike: not brought up to date: \(error)")
        }
    }

    /// What answers alone do not say.
    func tell(of findings: Findings) {
        if let reranking = options.reranking, let count = findings.rankedAgain {
            let ranked =
                options.ranksAll
                ? "All \(count.grouped) photos" : "The \(count.grouped) nearest by cosine"
            Console.tell("\(ranked) were ranked again by \(reranking.words).")
        }
        if let recall = findings.recall { Console.tell("Not all photos were looked at: \(recall.sentence).") }
        if !findings.missing.isEmpty {
            Console.tell(
                "lookalike: \(findings.missing.joined(separator: ", ")) did not answer: what only is there was not looked at"
            )
        }
        for query in findings.strange {
            Console.tell(
                "lookalike: \(query.printable): nothing here looks like it. --always shows what is least unlike")
        }
        for (query, reason) in findings.failures { Console.tell("lookalike: \(query.printable): \(reason)") }
    }
}

extension SearchEngine {
    /// Says what was done if there was anything to do.
    nonisolated func bringUpToDate(with folders: [PhotoFolder], verbose: Bool = false) async throws {
        let report = try await IndexingReport(of: refresh(folders), namesSkipped: false, verbose: false)
        if report.isNews || verbose { Console.tell(report.summary) }
    }

    /// Finds out what ranking all photos needs, which is kept.
    fileprivate nonisolated func tellingProgress(for options: SearchOptions, in folders: [PhotoFolder]) async throws {
        guard options.ranksAll else { return }
        let total = try await describedCount(in: folders)
        var bar = ProgressBar("Looking closer", counting: .photos)
        defer { bar.clear() }
        try await prepare(for: options, in: folders) { bar.show($0, of: total) }
    }

    /// What was wrong with the index, which is mended.
    func tellTroubles() async {
        for trouble in await troubles() { Console.tell("lookalike: \(trouble)") }
    }

    /// The folders that the user named, or else all that the catalogue knows and that are there.
    func folders(named names: [FilePath], excluding exclusions: [String]) async throws -> [PhotoFolder] {
        if !names.isEmpty { return try names.map { try PhotoFolder($0, excluding: exclusions) } }
        let folders = try await roots.compactMap { root -> PhotoFolder? in
            do { return try PhotoFolder(root, excluding: exclusions) } catch {
                Console.tell("lookalike: left out: \(error)")
                return nil
            }
        }
        guard !folders.isEmpty else { throw SearchError.nowhereToSearch }
        return folders
    }
}
