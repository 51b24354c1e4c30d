extension Array where Element: Sendable {
    /// What some work makes of all elements, in their order. It is done on a batch of them at a time, on so many batches at
    /// once; `progress` is told of how many it is done.
    func inBatches<Result: Sendable>(
        atOnce limit: Int, progress: (Int) -> Void = { _ in },
        _ work: @escaping @Sendable ([Element]) async throws -> [Result]
    ) async throws -> [Result] {
        let batches = stride(from: 0, to: count, by: SearchEngine.batchSize).map {
            Array(self[$0..<Swift.min($0 + SearchEngine.batchSize, count)])
        }
        return try await withThrowingTaskGroup(of: (number: Int, results: [Result]).self) { group in
            var (results, done) = ([[Result]](repeating: [], count: batches.count), 0)
            func take(_ batch: (number: Int, results: [Result])) {
                results[batch.number] = batch.results
                done += batches[batch.number].count
                progress(done)
            }
            for (number, batch) in batches.enumerated() {
                if number >= limit, let finished = try await group.next() { take(finished) }
                group.addTask {
                    try Task.checkCancellation()
                    return (number, try await work(batch))
                }
            }
            for try await finished in group { take(finished) }
            return results.flatMap(\.self)
        }
    }
}
