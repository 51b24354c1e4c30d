import SectionFiles
import Synchronization
import Vectors

/// The vectors of a mapped file, each of which is verified when it is read.
final class MappedRows: Sendable {
    private let section: SectionFile.Section
    private let length: Int
    private let checksums: Numbers<UInt64>
    private let readSinceRelease = Atomic<Int>(0)
    /// Pages that the system maps around one that is read, as a rule.
    private static let mappedAtOnce = 65_536
    /// How much of the vectors may count as this process's memory.
    private static let most = 32 << 20

    init(_ section: SectionFile.Section, length: Int, checksums: Numbers<UInt64>) {
        self.section = section
        self.length = length
        self.checksums = checksums
    }

    func isSound(_ slot: Int) -> Bool {
        bound()
        return Checksum.of(UnsafeRawBufferPointer(rebasing: section.bytes[slot * length..<(slot + 1) * length]))
            == checksums[slot]
    }

    /// Gives pages back now and then: they stay in the system's cache, for all processes.
    private func bound() {
        let read = readSinceRelease.add(max(length, Self.mappedAtOnce), ordering: .relaxed).newValue
        guard read > Self.most else { return }
        readSinceRelease.store(0, ordering: .relaxed)
        section.release()
    }
}
