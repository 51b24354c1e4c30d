import Evaluation
import Vectors

/// What a choice among candidates is worth, told by queries that had no say in it: the queries are divided in two, and each half is
/// answered by the candidate that is best for the other half.
///
/// The best of many candidates looks better than it is to whoever chose it; by half of the queries each, all of them can tell.
struct CrossFitting {
    /// Which half each query is in.
    private let isFirst: [Bool]

    /// Identities are divided, or where there are few, the queries of each.
    init(of identities: [Int], byIdentity: Bool) {
        var seen: [Int: Int] = [:]
        isFirst = identities.map { identity in
            let place = seen[identity, default: byIdentity ? seen.count : 0]
            seen[identity] = byIdentity ? place : place + 1
            return place.isMultiple(of: 2)
        }
    }

    /// By half, true for the first: the candidate that is best for the other, by its place; candidates have one judgement a query.
    func choices(among candidates: [[Judgement]], by best: ([[Judgement]]) -> Int) -> [Bool: Int] {
        var choices: [Bool: Int] = [:]
        for half in [true, false] {
            let others = isFirst.indices.filter { isFirst[$0] != half }
            choices[half] = best(candidates.map { candidate in others.map { candidate[$0] } })
        }
        return choices
    }

    /// One judgement a query, each of what its half is answered by.
    func judgements(_ answers: (_ half: Bool) -> [Judgement]) -> [Judgement] {
        let halves = [true: answers(true), false: answers(false)]
        return isFirst.indices.map { query in (halves[isFirst[query]] ?? [])[query] }
    }
}

extension [[Judgement]] {
    /// The place of the first that no other is better than, on average.
    var best: Int { indices.max { (self[$0].worth, $1) < (self[$1].worth, $0) } ?? 0 }

    /// The same, but the first of all unless another is better beyond doubt.
    var bestBeyondDoubt: Int {
        let better = indices.filter { self[$0].areBetter(than: self[0]) }
        return better.max { (self[$0].worth, $1) < (self[$1].worth, $0) } ?? 0
    }
}

extension [Judgement] {
    /// Beyond doubt, of the same queries.
    func areBetter(than others: [Judgement]) -> Bool {
        Estimate(zip(self, others).map { $0.worth - $1.worth }).lower > 0
    }
}
