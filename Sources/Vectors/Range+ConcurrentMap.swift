extension Range<Int> {
    /// What a function makes of each number, on all processors, in the order of the numbers.
    package func concurrentMap<Result: Sendable>(_ transform: @escaping @Sendable (Int) -> Result) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            for number in self { group.addTask { (number, transform(number)) } }
            var results: [Result?] = Array(repeating: nil, count: count)
            for await (number, result) in group { results[number - lowerBound] = result }
            return results.compactMap { $0 }
        }
    }
}
