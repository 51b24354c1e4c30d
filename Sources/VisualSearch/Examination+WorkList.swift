import Catalogue
import Hashing
import SystemPackage

// Photos that are taken from a list, of which others take some, too.
extension Examination {
    private static let batchesOnLoan = 4

    /// No more than are soon done: others want some, too.
    func taken(from list: WorkList) async throws -> [FolderListing.File] {
        let items = try await list.take(Self.batchesOnLoan * SearchEngine.batchSize)
        try await list.postpone(items.map(\.path).filter(refused.contains))
        return items.filter { !refused.contains($0.path) }.map {
            ($0.path, FileStamp(size: $0.size, modified: 0, changed: 0, inode: 0))
        }
    }

    /// Whoever is killed leaves photos behind, which are to be had when their loans have run out.
    func othersAreAtWork() async throws -> Bool {
        guard let standing = try await list?.standing(), standing.open + standing.elsewhere > refused.count else {
            try await list?.giveBack()
            return false
        }
        if standing.open == 0 { try await Task.sleep(for: .milliseconds(300)) }
        return true
    }

    private static let toldAtOnce = 1000

    /// What became of some of the photos that others have examined; `nil` behind the last.
    func nextElsewhere() async throws -> [IndexingEvent]? {
        guard list != nil else { return nil }
        let rest = elsewhere ?? plan.toExamine.map(\.path).filter { !own.contains($0) }[...]
        let paths = rest.prefix(Self.toldAtOnce)
        elsewhere = rest.dropFirst(paths.count)
        guard !paths.isEmpty else { return nil }
        let files = try await engine.catalogue.files(at: Array(paths))
        return paths.compactMap { files[$0] }.map { event(for: $0) }
    }

    private func event(for file: StoredFile) -> IndexingEvent {
        if let fault = file.fault { return .skipped(file.path, .remembered(fault.reason), opened: true) }
        return .examined(file.path, plan.outcome(of: file.path, file.digest))
    }

    /// A photo that has the contents of another is recorded with it or after it. Where the other was lost to others, and nothing
    /// is under way that could still hold them, the contents are looked at anew.
    func record(on list: WorkList) async throws {
        // In a task of its own: what was examined is recorded even if this one is cancelled.
        let left = try await Task { [uncommitted] in try await list.record(uncommitted) }.value
        uncommitted = running.isEmpty ? [] : left.filter { if case .known = $0.finding { true } else { false } }
        let waiting = Set(uncommitted.map(\.path))
        let lost = left.filter { !waiting.contains($0.path) }
        await claims.forget(lost.map(\.digest))
        try await list.postpone(lost.map(\.path))
    }

    func refuse(_ paths: [FilePath], on list: WorkList) async throws {
        guard isHelping else { return try await list.drop(paths) }
        refused.formUnion(paths)
        try await list.postpone(paths)
    }
}
