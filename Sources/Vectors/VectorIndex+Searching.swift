extension VectorIndex {
    /// The vectors nearest to a query, computed in double precision where they are compared.
    ///
    /// `isCandidate` says which vectors count; it is asked for few of them. Throws for a query that cannot be
    /// compared, and where a vector on disk is damaged.
    public func nearest(
        _ limit: Int, to query: Embedding, metric: Metric = .cosine, effort: SearchEffort = .exact,
        where isCandidate: (Int64) -> Bool = { _ in true }
    ) throws(VectorError) -> NearestAnswer {
        try check(query)
        let result = withoutActuallyEscaping(isCandidate) { isCandidate in
            var search = NearestSearch(ScoredQuery(query, metric: metric), limit, effort, isCandidate)
            search.run(in: self, share: .whole)
            return search.result
        }
        return try result.answer(metric, of: count)
    }

    /// The same for many queries, or for one on several processors: tasks divide the queries among them, and the vectors
    /// where there are fewer queries than tasks. Answers come in the order of the queries.
    public func nearest(
        _ limit: Int, to queries: [Embedding], metric: Metric = .cosine, effort: SearchEffort = .exact, tasks: Int,
        where isCandidate: @escaping @Sendable (Int64) -> Bool = { _ in true }
    ) async throws(VectorError) -> [NearestAnswer] {
        for query in queries { try check(query) }
        guard !queries.isEmpty else { return [] }
        let queries = queries.map { ScoredQuery($0, metric: metric) }
        let shares = max(1, tasks / queries.count)
        let group = min(NearestSearch.atOnce, (queries.count * shares + tasks - 1) / tasks)
        let groups = (queries.count + group - 1) / group
        let floors = queries.map { _ in shares > 1 ? CommonFloor() : nil }
        let parts = await (0..<groups * shares).concurrentMap { part in
            let rows = part / shares * group..<min(queries.count, (part / shares + 1) * group)
            var searches = rows.map {
                NearestSearch(queries[$0], limit, effort, common: floors[$0], isCandidate)
            }
            NearestSearch.run(&searches, in: self, share: Share(number: part % shares, count: shares))
            return searches.map(\.result)
        }
        var answers: [NearestAnswer] = []
        for group in 0..<groups {
            let ofGroup = parts[group * shares..<(group + 1) * shares]
            let merged = ofGroup.dropFirst().reduce(ofGroup.first!) { zip($0, $1).map { $0.merged(with: $1) } }
            for result in merged { answers.append(try result.answer(metric, of: count)) }
        }
        return answers
    }
}
