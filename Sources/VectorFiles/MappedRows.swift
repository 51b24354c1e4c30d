import SectionFiles
import Vectors

/// The vectors of a mapped file, each of which is verified when it is read.
final class MappedRows: Sendable {
    private let section: SectionFile.Section
    private let length: Int
    private let checksums: Numbers<UInt64>
    private let budget: PageBudget

    init(_ section: SectionFile.Section, length: Int, checksums: Numbers<UInt64>) {
        self.section = section
        budget = PageBudget(section)
        self.length = length
        self.checksums = checksums
    }

    func isSound(_ slot: Int) -> Bool {
        budget.willRead(length)
        return Checksum.of(UnsafeRawBufferPointer(rebasing: section.bytes[slot * length..<(slot + 1) * length]))
            == checksums[slot]
    }
}
