import Imaging

/// Photos that wait to be decoded, and children that wait for photos.
actor JobQueue {
    struct Job: Sendable {
        let request: Message<DecodingRequest>
        let answer: CheckedContinuation<PixelImage, any Error>
        /// How many children ended with it: those that were dead already before they got it.
        var tries = 0
    }

    private var jobs: [(number: Int, job: Job)] = []
    private var children: [(number: Int, waiting: CheckedContinuation<Job?, Never>)] = []
    private var lastNumber = 0
    private var hasEnded = false

    /// Waits until a child has answered; throws what it answers, or a `CancellationError`.
    func result(of request: Message<DecodingRequest>) async throws -> PixelImage {
        let number = newNumber()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { add(Job(request: request, answer: $0), number) }
        } onCancel: {
            Task { await self.cancelJob(number) }
        }
    }

    private func add(_ job: Job, _ number: Int) {
        if Task.isCancelled || hasEnded { return job.answer.resume(throwing: CancellationError()) }
        if children.isEmpty {
            jobs.append((number, job))
        } else {
            children.removeFirst().waiting.resume(returning: job)
        }
    }

    /// For one that a child has begun with, it is too late.
    private func cancelJob(_ number: Int) {
        guard let place = jobs.firstIndex(where: { $0.number == number }) else { return }
        jobs.remove(at: place).job.answer.resume(throwing: CancellationError())
    }

    /// The next one for a child; `nil` in a task that is cancelled.
    func next() async -> Job? {
        let number = newNumber()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiting in
                if Task.isCancelled {
                    waiting.resume(returning: nil)
                } else if jobs.isEmpty {
                    children.append((number, waiting))
                } else {
                    waiting.resume(returning: jobs.removeFirst().job)
                }
            }
        } onCancel: {
            Task { await self.cancelChild(number) }
        }
    }

    private func cancelChild(_ number: Int) {
        guard let place = children.firstIndex(where: { $0.number == number }) else { return }
        children.remove(at: place).waiting.resume(returning: nil)
    }

    /// Gives a job to another child, before all others.
    func putBack(_ job: Job) {
        var job = job
        job.tries += 1
        if hasEnded { return job.answer.resume(throwing: CancellationError()) }
        if children.isEmpty {
            jobs.insert((newNumber(), job), at: 0)
        } else {
            children.removeFirst().waiting.resume(returning: job)
        }
    }

    /// Nobody will answer any more.
    func end() {
        hasEnded = true
        for (_, job) in jobs { job.answer.resume(throwing: CancellationError()) }
        jobs = []
    }

    private func newNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }
}
