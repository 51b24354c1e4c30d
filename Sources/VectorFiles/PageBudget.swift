import SectionFiles
import Synchronization

/// How much of a section may count as this process's memory, when little of it is read here and there.
///
/// Pages that are given back stay in the system's cache, for all processes.
final class PageBudget: Sendable {
    private let section: SectionFile.Section
    private let readSinceRelease = Atomic<Int>(0)
    /// Pages that the system maps around one that is read, as a rule.
    private static let mappedAtOnce = 65_536
    private static let most = 8 << 20

    init(_ section: SectionFile.Section) { self.section = section }

    /// To be told before so many bytes are read in one place, or in as many places of a stretch.
    func willRead(_ count: Int, times: Int = 1, within stretch: Int = .max) {
        let pages = min(times * max(count, Self.mappedAtOnce), stretch)
        let read = readSinceRelease.add(pages, ordering: .relaxed).newValue
        guard read > Self.most else { return }
        readSinceRelease.store(0, ordering: .relaxed)
        section.release()
    }
}
