/// Lets so many in at once, has so many wait, in the order in which they came, and sends the others away.
actor Admission {
    /// Why somebody is not let in.
    struct Full: Error {}

    /// Who are in at most.
    let places: Int
    /// Who wait at most.
    let waitingLimit: Int
    private(set) var running = 0
    private var waiting: [(number: Int, turn: CheckedContinuation<Void, any Error>)] = []
    private var lastNumber = 0

    init(places: Int, waitingLimit: Int) { (self.places, self.waitingLimit) = (places, waitingLimit) }

    var waitingCount: Int { waiting.count }

    /// Does some work when its turn comes. Throws `Full` where too many wait, and a `CancellationError` in a task that is
    /// cancelled while it waits.
    nonisolated func admitted<Result: Sendable>(_ work: @Sendable () async throws -> Result) async throws -> Result {
        try await enter()
        do {
            let result = try await work()
            await leave()
            return result
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async throws {
        try Task.checkCancellation()
        guard running >= places else {
            running += 1
            return
        }
        guard waiting.count < waitingLimit else { throw Full() }
        lastNumber += 1
        let number = lastNumber
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (turn: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled {
                    turn.resume(throwing: CancellationError())
                } else {
                    waiting.append((number, turn))
                }
            }
        } onCancel: {
            Task { await self.giveUp(number) }
        }
    }

    /// The place goes to whoever waits longest.
    private func leave() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().turn.resume() }
    }

    private func giveUp(_ number: Int) {
        guard let place = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: place).turn.resume(throwing: CancellationError())
    }
}
