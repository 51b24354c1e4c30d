import Testing

@testable import Postgres

/// Whom it ends when one of several gives up.
@Suite struct SessionTurnTests {
    private let wake = WakeSignal()

    @Test func whoGivesUpInTheMiddleWakesTheSession() {
        let turn = SessionTurn(of: wake)
        let isRaised = try? turn.take {
            turn.giveUp()
            return wake.isRaised
        }
        #expect(isRaised == true)
        #expect(!wake.isRaised)
    }

    @Test func whoGivesUpBeforeTheirTurnHasNothingDone() {
        let turn = SessionTurn(of: wake)
        turn.giveUp()
        #expect(throws: CancellationError.self) { try turn.take { Issue.record("it is done all the same") } }
        #expect(!wake.isRaised)
    }

    @Test func whoGivesUpWhileAnotherHasTheirTurnEndsOnlyTheirOwn() throws {
        let (first, second) = (SessionTurn(of: wake), SessionTurn(of: wake))
        try first.take {
            second.giveUp()
            #expect(!wake.isRaised)
        }
    }

    @Test func whoGivesUpAfterTheEndLeavesNothingForTheNext() throws {
        let turn = SessionTurn(of: wake)
        try turn.take {}
        turn.giveUp()
        #expect(!wake.isRaised)
    }

    @Test func aTurnThatFailedIsOverToo() {
        struct Failure: Error {}
        let turn = SessionTurn(of: wake)
        #expect(throws: Failure.self) { try turn.take { throw Failure() } }
        turn.giveUp()
        #expect(!wake.isRaised)
    }
}
