import SectionFiles
import Synchronization

/// The bytes of tails in a mapped file, which are verified when they are first read.
final class MappedTails: Sendable {
    private let section: SectionFile.Section
    private let length: Int
    private let budget: PageBudget
    private let isSound = Mutex<Bool?>(nil)

    init(_ section: SectionFile.Section, length: Int) {
        self.section = section
        self.length = length
        budget = PageBudget(section)
    }

    func areSound(reading slots: [UInt32]) -> Bool {
        let (first, last) = (slots.min() ?? 0, slots.max() ?? 0)
        budget.willRead(length, times: slots.count, within: Int(last - first + 1) * length)
        return isSound.withLock { isSound in
            if let isSound { return isSound }
            let found = (try? section.verify(releasing: true)) != nil
            isSound = found
            return found
        }
    }
}
