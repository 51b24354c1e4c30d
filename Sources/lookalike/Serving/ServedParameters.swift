import Embedders
import Foundation
import Imaging
import SystemPackage
import VisualSearch

/// What a search is asked for, as a server's address has it.
struct ServedParameters {
    private(set) var text = ""

    init(_ search: Search, metric: RankingMetric, folders: [PhotoFolder]) {
        let (options, filter) = (search.options, search.options.filter)
        add("k", "\(options.limit)")
        add("metric", metric.rawValue)
        add("match", options.match.rawValue)
        add("fold", "\(options.isDiverse)")
        add("always", "\(search.insists)")
        add("self", "\(options.includesIdentical)")
        if options.acceptsPartial { add("partial", "true") }
        if let threshold = options.threshold { add("above", "\(threshold)") }
        if let recall = options.recall { add("recall", "\(recall)") }
        if let colour = options.colour { add("colour", colour.hexadecimal) }
        if let reranking = options.reranking {
            add("candidates", "\(options.candidates)")
            add("share", "\(reranking.share)")
        }
        for folder in folders { add("folder", folder.path.written) }
        for pattern in filter.patterns { add("only", pattern) }
        for type in filter.types ?? [] { add("type", type.rawValue) }
        if let from = filter.from { add("since", from.formatted(.iso8601)) }
        if let until = filter.until { add("before", until.formatted(.iso8601)) }
    }

    private mutating func add(_ name: String, _ value: String) {
        text += (text.isEmpty ? "" : "&") + "\(name)=\(value.percentEncoded)"
    }
}

extension String {
    /// As a value in an address.
    var percentEncoded: String { addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
}

extension Reranking {
    /// How much of the similarity all measures have together.
    fileprivate var share: Float { shares.values.reduce(0, +) }
}
