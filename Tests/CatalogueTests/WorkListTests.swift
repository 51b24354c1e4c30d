import Postgres
import SystemPackage
import TestSupport
import Testing

@testable import Catalogue

/// Photos that several machines take from one list.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server"), .timeLimit(.minutes(20))) struct WorkListTests {
    private let bench: LoanBench

    init() throws { bench = try LoanBench() }

    @Test func eachPhotoIsLentToOne() async throws {
        try await bench.add(photos: 10)
        let (one, other) = (try bench.list(), try bench.list())
        let taken = (try await one.takeNumbers(6), try await other.takeNumbers(6))
        #expect((taken.0.count, taken.1.count) == (6, 4))
        #expect((taken.0 + taken.1).sorted() == Array(1...10))
        #expect(try await one.take(6).isEmpty)
    }

    @Test func aPhotoIsLentAsItWasListed() async throws {
        let item = WorkList.Item(path: "/\u{e9}t\u{e9} 1.jpg", size: 1 << 40)
        let list = try bench.list()
        try await list.add([item])
        #expect(try await list.take(2) == [item])
    }

    @Test func whatIsListedTwiceIsLentOnce() async throws {
        for _ in 0..<2 { try await bench.add(photos: 3) }
        #expect(try await bench.list().takeNumbers(10) == [1, 2, 3])
    }

    @Test func whatIsOnLoanStaysSoWhenItIsListedAgain() async throws {
        try await bench.add(photos: 3)
        let list = try bench.list()
        #expect(try await list.take(3).count == 3)
        try await bench.add(photos: 3)
        #expect(try await bench.list().take(3).isEmpty)
        withExtendedLifetime(list) {}
    }

    /// As after a run that was killed.
    @Test func whatNobodyHasOnLoanIsWithdrawn() async throws {
        try await bench.add(photos: 4)
        let list = try bench.list()
        #expect(try await list.takeNumbers(1) == [1])
        try await list.add([], withdrawingIn: ["/somewhere/else"])
        #expect(try await bench.list().standing().left == 4)
        try await list.add([], withdrawingIn: [LoanBench.path(1).removingLastComponent()])
        #expect(try await list.standing() == WorkList.Standing(open: 0, elsewhere: 0, own: 1))
    }

    @Test func whatIsForgottenIsNobodysToRecord() async throws {
        try await bench.add(photos: 3)
        let list = try bench.list()
        #expect(try await list.takeNumbers(2) == [1, 2])
        _ = try await bench.list().catalogue.forget(photos: [LoanBench.path(1)])
        #expect(
            try await list.record([.photo(LoanBench.path(1), 1), .photo(LoanBench.path(2), 2)]).map(\.path) == [
                LoanBench.path(1)
            ])
        _ = try await bench.list().catalogue.forget(root: "/")
        #expect(try await list.standing().left == 0)
    }

    @Test func eachSpaceHasItsOwnList() async throws {
        try await bench.add(photos: 2)
        let other = try bench.list(space: CatalogueBench.otherSpace)
        #expect(try await other.take(2).isEmpty)
        #expect(try await other.standing() == WorkList.Standing(open: 0, elsewhere: 0, own: 0))
        try await other.add([WorkList.Item(path: LoanBench.path(1), size: 1)])
        #expect(try await other.takeNumbers(2) == [1])
        #expect(try await bench.list().takeNumbers(3) == [1, 2])
    }

    @Test func aLoanThatIsRenewedLasts() async throws {
        try await bench.add(photos: 2)
        let (one, other) = (try bench.list(loan: .seconds(3000)), try bench.list())
        #expect(try await one.take(2).count == 2)
        #expect(try await one.claim(contents: 7) == [7])
        for _ in 0..<3 {
            bench.wait(seconds: 2000)
            try await one.renew()
        }
        #expect(try await other.take(2).isEmpty)
        #expect(try await other.claim(contents: 7).isEmpty)
        bench.wait(seconds: 3500)
        #expect(try await other.takeNumbers(2) == [1, 2])
        #expect(try await other.claim(contents: 7) == [7])
    }

    @Test func whoLosesALoanCannotRecordIt() async throws {
        try await bench.add(photos: 4)
        let (slow, quick) = (try bench.list(), try bench.list())
        #expect(try await slow.takeNumbers(4) == [1, 2, 3, 4])
        bench.wait(seconds: 3601)
        #expect(try await quick.take(2).count == 2)
        let lost = try await slow.record(photos: [1, 2, 3, 4])
        #expect(lost.count == 2)
        let recorded = Set(1...4).subtracting(lost).sorted()
        #expect(try await bench.photos() == recorded, "nobody had taken these meanwhile")
        #expect(try await quick.record(photos: lost).isEmpty)
        #expect(try await bench.photos() == [1, 2, 3, 4])
    }

    @Test func whatNobodyHasOnLoanIsNotRecorded() async throws {
        try await bench.add(photos: 1)
        #expect(try await bench.list().record(photos: [1, 2]) == [1, 2])
        #expect(try await bench.photos().isEmpty)
        #expect(try await bench.list().takeNumbers(2) == [1])
    }

    @Test func loansEndWithTheirHoldersSession() async throws {
        try await bench.add(photos: 3)
        let (one, other) = (try bench.list(), try bench.list())
        #expect(try await one.take(3).count == 3)
        #expect(try await one.claim(contents: 7, 8) == [7, 8])
        #expect(try await other.take(3).isEmpty)
        try await bench.endSession(of: one)
        #expect(try await other.standing() == WorkList.Standing(open: 3, elsewhere: 0, own: 0))
        #expect(try await other.takeNumbers(3) == [1, 2, 3])
        #expect(try await other.claim(contents: 7, 8) == [7, 8])
        #expect(try await one.record(photos: [1, 2, 3]) == [1, 2, 3])
    }

    @Test func loansEndWithTheirHolder() async throws {
        try await bench.add(photos: 3)
        #expect(try await bench.list().take(3).count == 3)
        let other = try bench.list()
        // Its session has been given up, and the server hears of it in a moment.
        while try await other.standing().open < 3 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try await other.takeNumbers(3) == [1, 2, 3])
    }

    @Test func whoseSessionBrokeIsThereAgainWithTheNextRenewal() async throws {
        try await bench.add(photos: 3)
        let (one, other) = (try bench.list(), try bench.list())
        #expect(try await one.take(2).count == 2)
        try await bench.endSession(of: one)
        try await one.renew()
        #expect(try await other.takeNumbers(3) == [3])
        #expect(try await one.record(photos: [1, 2]).isEmpty)
    }

    @Test func whoRenewsWithoutALoanHasNone() async throws {
        try await bench.add(photos: 1)
        let list = try bench.list()
        try await list.renew()
        #expect(try await list.record(photos: [1]) == [1])
        #expect(try await bench.list().takeNumbers(1) == [1])
    }

    @Test func ofTheSameContentsInTwoFilesOneIsEmbedded() async throws {
        try await bench.add(photos: 2)
        let (one, other) = (try bench.list(), try bench.list())
        let (first, second) = (try await one.takeNumbers(1)[0], try await other.takeNumbers(1)[0])
        #expect(try await one.claim(contents: 7) == [7])
        #expect(try await one.claim(contents: 7) == [7])
        #expect(try await other.claim(contents: 7, 8) == [8])
        try await other.postpone([LoanBench.path(second)])
        #expect(try await one.record([.photo(LoanBench.path(first), 7)]).isEmpty)
        bench.wait(seconds: 2)
        #expect(try await other.takeNumbers(2) == [second])
        #expect(try await other.record([.known(LoanBench.path(second), 7)]).isEmpty)
        #expect(try await bench.photos() == [1, 2])
        let embeddings = try await bench.catalogue.embeddings(of: CatalogueBench.space, after: .min, limit: 10)
        #expect(embeddings.count == 1)
    }

    @Test func whatIsSaidToBeKnownAndIsNotStaysOnLoan() async throws {
        try await bench.add(photos: 3)
        let (one, other) = (try bench.list(), try bench.list())
        #expect(try await one.take(3).count == 3)
        #expect(try await one.record([.known(LoanBench.path(1), 7)]).map(\.path) == [LoanBench.path(1)])
        #expect(try await bench.catalogue.photos(in: "/", after: nil, limit: 10).isEmpty)
        #expect(try await other.take(3).isEmpty)
        let both = [PhotoRecord.known(LoanBench.path(1), 7), .photo(LoanBench.path(2), 7)]
        #expect(try await one.record(both).isEmpty)
        #expect(try await one.record([.known(LoanBench.path(3), 7)]).isEmpty)
        #expect(try await bench.photos() == [1, 2, 3])
    }

    @Test func whatIsKnownToBeFaultyIsDone() async throws {
        try await bench.add(photos: 2)
        let list = try bench.list()
        #expect(try await list.take(2).count == 2)
        #expect(try await list.record([.faulty(LoanBench.path(1), 7, "the file is damaged")]).isEmpty)
        #expect(try await list.record([.known(LoanBench.path(2), 7)]).isEmpty)
        #expect(try await bench.catalogue.faults(in: "/").count == 2)
    }

    @Test func whatIsPostponedIsToBeHadInAMoment() async throws {
        try await bench.add(photos: 2)
        let (one, other) = (try bench.list(), try bench.list())
        #expect(try await one.take(2).count == 2)
        try await one.postpone([LoanBench.path(1)])
        try await other.postpone([LoanBench.path(2)])
        bench.wait(seconds: 2)
        #expect(try await one.takeNumbers(2) == [1])
        #expect(try await other.take(2).isEmpty)
    }

    @Test func whatIsPostponedIsNobodysForTheMoment() async throws {
        try await bench.add(photos: 1)
        let (one, other) = (try bench.list(), try bench.list())
        #expect(try await one.take(1).count == 1)
        try await one.postpone([LoanBench.path(1)])
        bench.wait(seconds: -3600)
        for list in [one, other] {
            #expect(try await list.standing() == WorkList.Standing(open: 0, elsewhere: 1, own: 0))
            #expect(try await list.take(1).isEmpty)
        }
    }

    @Test func onlyWhoHasAPhotoCanDropIt() async throws {
        try await bench.add(photos: 3)
        let (one, other) = (try bench.list(), try bench.list())
        #expect(try await one.take(2).count == 2)
        try await one.drop([LoanBench.path(1), LoanBench.path(3)])
        try await other.drop([LoanBench.path(2), LoanBench.path(3)])
        try await one.giveBack()
        #expect(try await other.takeNumbers(3) == [2, 3])
    }

    @Test func whatIsGivenBackOthersHaveAtOnce() async throws {
        try await bench.add(photos: 3)
        let (one, other) = (try bench.list(), try bench.list())
        #expect(try await one.take(2).count == 2)
        #expect(try await one.claim(contents: 7) == [7])
        #expect(try await other.claim(contents: 8) == [8])
        try await one.giveBack()
        #expect(try await other.takeNumbers(3) == [1, 2, 3])
        #expect(try await other.claim(contents: 7, 8) == [7, 8])
        #expect(try await one.claim(contents: 7, 8).isEmpty)
    }

    @Test func whatTheDeadHadClaimedIsTidiedAway() async throws {
        try await bench.add(photos: 1)
        let (one, other) = (try bench.list(), try bench.list())
        #expect(try await one.claim(contents: 7, 8) == [7, 8])
        try await bench.endSession(of: one)
        try await other.giveBack()
        let claims = try await bench.catalogue.read { try await $0.query("SELECT FROM claim").count }
        #expect(claims == 0)
    }

    @Test func theStandingIsWhatIsLeftForOneAndWhatOthersHave() async throws {
        let (one, other) = (try bench.list(), try bench.list())
        #expect(try await one.standing() == WorkList.Standing(open: 0, elsewhere: 0, own: 0))
        try await bench.add(photos: 10)
        #expect(try await one.standing() == WorkList.Standing(open: 10, elsewhere: 0, own: 0))
        let taken = try await one.takeNumbers(6)
        #expect(try await one.standing() == WorkList.Standing(open: 4, elsewhere: 0, own: 6))
        #expect(try await other.standing() == WorkList.Standing(open: 4, elsewhere: 6, own: 0))
        try await one.record(photos: Array(taken.prefix(2)))
        #expect(try await other.standing() == WorkList.Standing(open: 4, elsewhere: 4, own: 0))
    }

    @Test func allWhoLookAtTheCatalogueSeeWhatIsLeftAndHowManyAreAtIt() async throws {
        #expect(try await bench.catalogue.sharedWork() == SharedWork(photos: 0, runs: 0))
        let (one, other) = (try bench.list(), try bench.list(space: CatalogueBench.otherSpace))
        try await bench.add(photos: 10)
        try await other.add([WorkList.Item(path: LoanBench.path(1), size: 1)])
        #expect(try await bench.catalogue.sharedWork() == SharedWork(photos: 11, runs: 0))
        #expect(try await (one.take(3).count, other.take(3).count) == (3, 1))
        #expect(try await bench.catalogue.sharedWork() == SharedWork(photos: 11, runs: 2))
        try await one.postpone([LoanBench.path(1)])
        try await bench.endSession(of: other)
        #expect(try await bench.catalogue.sharedWork() == SharedWork(photos: 11, runs: 1))
        withExtendedLifetime(one) {}
    }

    @Test func manyThatTakeAtOnceGetEachPhotoOnce() async throws {
        let count = 500
        try await bench.add(photos: count)
        let taken = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<6 {
                let list = try bench.list()
                group.addTask {
                    var own: [Int] = []
                    while case let some = try await list.takeNumbers(7), !some.isEmpty {
                        #expect(try await list.record(photos: some).isEmpty)
                        own += some
                    }
                    return own
                }
            }
            return try await group.reduce([], +)
        }
        #expect(taken.sorted() == Array(1...count))
        #expect(try await bench.photos() == Array(1...count))
        #expect(try await bench.list().standing() == WorkList.Standing(open: 0, elsewhere: 0, own: 0))
    }

    @Test func manyThatClaimAtOnceShareTheContents() async throws {
        try await bench.add(photos: 1)
        let digests = (1...200).map { CatalogueBench.digest(of: $0) }
        let claimed = try await withThrowingTaskGroup { group in
            let lists = try (0..<6).map { _ in try bench.list() }
            for list in lists { group.addTask { try await list.claim(digests.shuffled()) } }
            let claimed = try await group.reduce(into: []) { $0 += $1 }
            withExtendedLifetime(lists) {}
            return claimed
        }
        #expect(claimed.count == digests.count)
        #expect(Set(claimed) == Set(digests))
    }

    @Test func manyWhoseSessionsBreakLoseNoPhoto() async throws {
        let count = 200
        try await bench.add(photos: count)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                let list = try bench.list()
                group.addTask {
                    while case let standing = try await list.standing(), standing.open + standing.elsewhere > 0 {
                        let some = try await list.takeNumbers(5)
                        if number > 0 { try await bench.endSession(of: list) }
                        try await list.record(photos: some)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await bench.photos() == Array(1...count))
    }
}
