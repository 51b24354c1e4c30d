import SystemPackage
import Testing
import VisualSearch

@Suite struct IndexingSummaryTests {
    private func summary(of events: [IndexingEvent]) -> IndexingSummary {
        events.reduce(into: IndexingSummary()) { $0.count($1) }
    }

    private func examined(_ count: Int) -> [IndexingEvent] {
        (0..<count).map { .examined(FilePath("/\($0).jpg"), .added) }
    }

    @Test func whoWorksAloneIsDoneWithWhatItExamined() {
        let summary = summary(
            of: [.listed(unchanged: 5, toExamine: 4)] + examined(2) + [.skipped("/x.jpg", .isFolder, opened: true)])
        #expect((summary.done, summary.toExamine, summary.examined) == (3, 4, 3))
    }

    @Test func whatOthersHaveDoneCountsToo() {
        let begun: [IndexingEvent] = [.listed(unchanged: 0, toExamine: 100)] + examined(10) + [.remaining(40)]
        #expect(summary(of: begun).done == 60)
        #expect(summary(of: begun).examined == 10)
        #expect(summary(of: begun + examined(5)).done == 65)
        #expect(summary(of: begun + examined(5) + [.remaining(20)]).done == 80)
    }

    @Test func atTheEndNoMoreIsDoneThanThereWas() {
        let end: [IndexingEvent] = [.listed(unchanged: 0, toExamine: 10)] + examined(4) + [.remaining(0)] + examined(6)
        #expect((summary(of: end).done, summary(of: end).examined) == (10, 10))
    }

    @Test func whoHelpsCountsFromWhatWasLeftWhenItCame() {
        let summary = summary(of: [.listed(unchanged: 0, toExamine: 50), .remaining(30)])
        #expect((summary.done, summary.toExamine) == (20, 50))
    }

    @Test func whatIsAddedMeanwhileIsThereToBeDone() {
        let summary = summary(of: [.listed(unchanged: 0, toExamine: 50), .remaining(80)])
        #expect((summary.done, summary.toExamine) == (0, 80))
    }

    @Test func whoWaitsSeesTheOthersProgressAndThenItsOwn() {
        let waiting: [IndexingEvent] = [.waiting, .remaining(30), .remaining(12)]
        #expect((summary(of: waiting).done, summary(of: waiting).toExamine) == (18, 30))
        let listed = summary(of: waiting + [.listed(unchanged: 28, toExamine: 2)] + examined(1))
        #expect((listed.done, listed.toExamine) == (1, 2))
    }
}
