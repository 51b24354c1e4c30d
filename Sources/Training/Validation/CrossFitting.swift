import Evaluation
import Vectors

/// What a choice among candidates is worth, told by queries that had no say in it: the queries are divided in two, and each half is
/// answered by the candidate that is best for the other half.
///
/// The best of many candidates looks better than it is to whoever chose it; by half of the queries each, all of them can tell.
struct CrossFitting {
    /// Which half each query is in.
    private let isFirst: [Bool]

    /// Groups of queries that rise and fall together are divided, or the queries of each where all groups have some.
    init(of groups: [Int], apart: Bool) {
        var seen: [Int: Int] = [:]
        isFirst = groups.map { group in
            let place = seen[group, default: apart ? seen.count : 0]
            seen[group] = apart ? place : place + 1
            return place.isMultiple(of: 2)
        }
    }

    /// Of those who ask among `validation`, in halves that differ as these do from what was learnt from.
    init(of validation: LabelledVectors, _ spared: Spared) {
        switch spared {
        case .photos: self.init(of: validation.askers.map { validation.identities[$0] }, apart: false)
        case .identities, .series: self.init(of: validation.groups(spared), apart: true)
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
