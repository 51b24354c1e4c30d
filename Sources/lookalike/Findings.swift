import ArgumentParser
import SystemPackage
import Vectors
import VisualSearch

/// What a search found for one query.
struct Finding {
    let question: Question
    let answer: Result<SearchAnswer, SkipReason>
}

/// What a search found for all its queries.
struct Findings {
    let all: [Finding]
    private let folders: [PhotoFolder]

    init(_ all: [Finding], folders: [PhotoFolder]) {
        self.all = all
        self.folders = folders
    }

    /// The queries that could be read, with their answers.
    var answered: [(question: Question, answer: SearchAnswer)] {
        all.compactMap { finding in (try? finding.answer.get()).map { (finding.question, $0) } }
    }

    var failures: [(query: FilePath, reason: SkipReason)] {
        all.compactMap { finding in
            if case .failure(let reason) = finding.answer { (finding.question.written, reason) } else { nil }
        }
    }

    /// The queries that nothing looks like, where that leaves them without results.
    var strange: [FilePath] {
        answered.filter { $0.answer.looksLikeNothing && $0.answer.results.isEmpty }.map(\.question.written)
    }

    /// What share of the nearest photos was found, where not all were looked at.
    var recall: Estimate? { answered.lazy.compactMap(\.answer.recall).first }

    /// The servers of the catalogue that did not answer.
    var missing: [String] { Set(answered.flatMap(\.answer.missing)).sorted() }

    /// How many of the nearest were ranked once more, of one query at most; `nil` where none were.
    var rankedAgain: Int? { answered.compactMap(\.answer.rankedAgain).max() }

    /// A photo's path beginning with the folder as the user wrote it.
    func displayed(_ path: FilePath) -> FilePath { folders.displayed(path) }

    /// Ends the program as its users' scripts expect: 2 if a query could not be read, 1 if nothing was found.
    func exit() throws {
        if !failures.isEmpty { throw ExitCode(2) }
        if answered.allSatisfy({ $0.answer.results.isEmpty }) { throw ExitCode(1) }
    }
}

extension SearchAnswer {
    /// Without results where the query looks like nothing here.
    var withoutUnlike: SearchAnswer { looksLikeNothing ? withoutResults : self }

    /// What is said instead of results.
    var absence: String { looksLikeNothing ? "nothing here looks like it" : "nothing found" }
}

extension SearchResult {
    /// How sure it is to be of the query's type, for people: “97 %”.
    var surenessText: String? { sureness.map { "\(Int(($0 * 100).rounded())) %" } }
}

extension Estimate {
    var sentence: String {
        func percent(_ share: Double) -> String { (share * 100).rounded(to: 1) }
        return "\(percent(mean)) % of the ten nearest are found (\(percent(lower)) to \(percent(upper)) %), "
            + "measured on this catalogue"
    }
}
