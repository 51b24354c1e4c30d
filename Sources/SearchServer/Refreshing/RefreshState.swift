import Foundation
import VisualSearch

/// How bringing the catalogue up to date goes: contract `Refresh`.
struct RefreshState: Encodable, Sendable {
    enum Stage: String, Encodable {
        case none, waiting, listing, examining, sorting, done, cancelled, failed
    }

    private enum CodingKeys: CodingKey {
        case stage, examined, toExamine, unchanged, added, changed, moved, removed, skipped, photosPerSecond
        case secondsLeft, started, ended, error
    }

    var stage = Stage.none
    var counts = IndexingSummary()
    var started: Date?
    var ended: Date?
    var error: String?
    /// When the first file was opened.
    var examiningSince: ContinuousClock.Instant?

    private var photosPerSecond: Double? {
        guard stage == .examining, let examiningSince, counts.done > 0 else { return nil }
        return Double(counts.done) / examiningSince.duration(to: .now).seconds
    }

    private var secondsLeft: Double? {
        photosPerSecond.map { Double(counts.toExamine - counts.done) / $0 }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(stage, forKey: .stage)
        try container.encode(counts.done, forKey: .examined)
        try container.encode(counts.toExamine, forKey: .toExamine)
        try container.encode(counts.unchanged, forKey: .unchanged)
        try container.encode(counts.added + counts.embeddedAnew, forKey: .added)
        try container.encode(counts.changed, forKey: .changed)
        try container.encode(counts.moved, forKey: .moved)
        try container.encode(counts.removed, forKey: .removed)
        try container.encode(counts.skipped, forKey: .skipped)
        try container.encodeIfPresent(photosPerSecond?.rounded(to: 1), forKey: .photosPerSecond)
        try container.encodeIfPresent(secondsLeft?.rounded(to: 1), forKey: .secondsLeft)
        try container.encodeIfPresent(started, forKey: .started)
        try container.encodeIfPresent(ended, forKey: .ended)
        try container.encodeIfPresent(error, forKey: .error)
    }
}

/// A file that is not in the catalogue although it looks like a photo by its name: an entry of contract `Skipped`.
struct SkippedFile: Encodable, Sendable, Hashable {
    let path: String
    let reason: String
}
