import Testing

@testable import SearchServer

@Suite struct AdmissionTests {
    /// Lets whoever waits go on when somebody says so.
    private actor Gate {
        private var waiting: [CheckedContinuation<Void, Never>] = []
        private var isOpen = false

        func pass() async {
            if !isOpen { await withCheckedContinuation { waiting.append($0) } }
        }

        func open() {
            isOpen = true
            for one in waiting { one.resume() }
            waiting = []
        }
    }

    private actor Counter {
        private(set) var value = 0

        @discardableResult
        func add(_ step: Int) -> Int {
            value += step
            return value
        }

        func raise(to other: Int) { value = max(value, other) }
    }

    private func until(_ condition: () async -> Bool) async {
        while !(await condition()) { await Task.yield() }
    }

    @Test func letsNoMoreInThanThereArePlaces() async throws {
        let admission = Admission(places: 2, waitingLimit: 100)
        let (most, now) = (Counter(), Counter())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await admission.admitted {
                        await most.raise(to: now.add(1))
                        await Task.yield()
                        await now.add(-1)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(await most.value <= 2)
        #expect(await admission.running == 0)
    }

    @Test func sendsAwayThoseForWhomThereIsNoRoom() async throws {
        let (admission, gate) = (Admission(places: 1, waitingLimit: 1), Gate())
        async let inside: Void = admission.admitted { await gate.pass() }
        await until { await admission.running == 1 }
        async let waiting: Void = admission.admitted {}
        await until { await admission.waitingCount == 1 }
        await #expect(throws: Admission.Full.self) { try await admission.admitted {} }
        await gate.open()
        _ = try await (inside, waiting)
        #expect(await admission.running == 0)
    }

    @Test func whoeverGivesUpWaitsNoMore() async throws {
        let (admission, gate) = (Admission(places: 1, waitingLimit: 5), Gate())
        async let inside: Void = admission.admitted { await gate.pass() }
        await until { await admission.running == 1 }
        let waiting = Task { try await admission.admitted {} }
        await until { await admission.waitingCount == 1 }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(await admission.waitingCount == 0)
        await gate.open()
        try await inside
    }

    @Test func aPlaceIsFreeAgainAfterAFailure() async throws {
        struct Failure: Error {}
        let admission = Admission(places: 1, waitingLimit: 0)
        await #expect(throws: Failure.self) { try await admission.admitted { throw Failure() } }
        #expect(try await admission.admitted { 7 } == 7)
    }

    @Test func workThatTakesTooLongIsCancelled() async throws {
        await #expect(throws: TooLate.self) {
            try await within(.milliseconds(20)) { try await Task.sleep(for: .seconds(3600)) }
        }
        #expect(try await within(.seconds(3600)) { 7 } == 7)
    }
}
