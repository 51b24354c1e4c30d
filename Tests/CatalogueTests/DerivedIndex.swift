@testable import Catalogue

/// Files of embeddings as they are made from a catalogue, here in memory.
struct DerivedIndex: Sendable {
    private var files: [String: [IndexRow]] = [:]

    /// A file that is written, and stands in the catalogue once it is recorded.
    struct Draft: Sendable {
        let segment: IndexSegment
        let replaced: [String]
        let since: Int64?
        let space: EmbeddingSpace
    }

    /// Writes a file with what came with a snapshot, and what some of its segments hold.
    mutating func draft(_ name: String, _ state: IndexState, merging names: [String], space: EmbeddingSpace) -> Draft {
        write(
            name, rows(of: state.snapshot, in: names) + state.rows, sequence: state.snapshot.sequence, names,
            since: state.snapshot.since, space)
    }

    /// Writes a file with what some segments hold.
    mutating func merge(
        _ names: [String], of snapshot: IndexSnapshot, as name: String, sequence: Int64, space: EmbeddingSpace
    ) -> Draft {
        write(name, rows(of: snapshot, in: names), sequence: sequence, names, since: nil, space)
    }

    private mutating func write(
        _ name: String, _ rows: [IndexRow], sequence: Int64, _ replaced: [String], since: Int64?,
        _ space: EmbeddingSpace
    ) -> Draft {
        files[name] = rows
        let segment = IndexSegment(name: name, sequence: sequence, rows: rows.count)
        return Draft(segment: segment, replaced: replaced, since: since, space: space)
    }

    /// Everything that the index of a space holds with what came with its snapshot.
    func rows(of state: IndexState) -> [IndexRow] {
        rows(of: state.snapshot, in: state.snapshot.segments.map(\.name)) + state.rows
    }

    /// The rows of some segments that were not removed.
    private func rows(of snapshot: IndexSnapshot, in names: [String]) -> [IndexRow] {
        snapshot.segments.filter { names.contains($0.name) }.flatMap { segment in
            files[segment.name, default: []].filter { !snapshot.isRemoved($0.content, from: segment) }
        }
    }
}

/// An index in memory that is caught up with, as a program that runs for long has it.
struct LoadedIndex: Sendable {
    private var values: [Int64: [Float]] = [:]
    private(set) var sequence: Int64?

    var sortedValues: [[Float]] { values.values.sorted { $0[0] < $1[0] } }

    /// Takes in what changed since the last time.
    mutating func apply(_ state: IndexState) {
        for content in state.snapshot.removals.keys { values[content] = nil }
        for row in state.rows { values[row.content] = row.values }
        sequence = state.snapshot.sequence
    }

    /// Starts afresh with the whole index.
    init(_ rows: [IndexRow] = [], sequence: Int64? = nil) {
        values = Dictionary(uniqueKeysWithValues: rows.map { ($0.content, $0.values) })
        self.sequence = sequence
    }
}
