extension TransportProblem {
    /// The cheapest plan.
    ///
    /// By successive shortest paths (Ahuja, Magnanti & Orlin 1993, section 9.7): as much as fits goes along the cheapest way
    /// from any supply that is left to any demand that is, back along flows where that is cheaper.
    public func solved() -> TransportPlan {
        var solver = ShortestPathSolver(self)
        while let path = solver.cheapestPath() { solver.send(along: path) }
        return TransportPlan(solver.flows, of: self)
    }
}

private struct ShortestPathSolver {
    /// Less is what rounding left.
    private static let nothing = 1e-15

    private let problem: TransportProblem
    private let (rows, columns): (Int, Int)
    private(set) var flows: [Double]
    private var supplies: [Double]
    private var demands: [Double]
    /// With these added at the start and taken away at the end, no way is cheaper than nothing: of rows, and then of columns.
    private var potentials: [Double]

    init(_ problem: TransportProblem) {
        self.problem = problem
        (rows, columns) = (problem.supplies.count, problem.demands.count)
        (supplies, demands) = (problem.supplies, problem.demands)
        flows = [Double](repeating: 0, count: rows * columns)
        potentials = [Double](repeating: 0, count: rows + columns)
    }

    /// Places from a row with supply to a column with demand, rows before columns; `nil` where all is moved.
    mutating func cheapestPath() -> [Int]? {
        guard demands.contains(where: { $0 > Self.nothing }) else { return nil }
        var search = DijkstraSearch(count: rows + columns, from: (0..<rows).filter { supplies[$0] > Self.nothing })
        while let place = search.next() {
            if place >= rows, demands[place - rows] > Self.nothing {
                // What is farther could not be improved.
                for other in potentials.indices {
                    potentials[other] += min(search.distances[other], search.distances[place])
                }
                return search.path(to: place)
            }
            if place < rows { relaxColumns(from: place, &search) } else { relaxRows(from: place, &search) }
        }
        return nil
    }

    private func relaxColumns(from row: Int, _ search: inout DijkstraSearch) {
        for column in 0..<columns {
            let cost = problem.costs[row * columns + column] + potentials[row] - potentials[rows + column]
            search.relax(rows + column, from: row, max(0, cost))
        }
    }

    /// Along a flow the way back costs nothing, since flows go along cheapest ways.
    private func relaxRows(from place: Int, _ search: inout DijkstraSearch) {
        for row in 0..<rows where flows[row * columns + place - rows] > 0 { search.relax(row, from: place, 0) }
    }

    mutating func send(along path: [Int]) {
        let (first, last) = (path[0], path[path.count - 1] - rows)
        var mass = min(supplies[first], demands[last])
        for (from, to) in zip(path, path.dropFirst()) where from >= rows {
            mass = min(mass, flows[to * columns + from - rows])
        }
        for (from, to) in zip(path, path.dropFirst()) {
            if from < rows {
                flows[from * columns + to - rows] += mass
            } else {
                flows[to * columns + from - rows] = (flows[to * columns + from - rows] - mass).withoutRest(Self.nothing)
            }
        }
        supplies[first] = (supplies[first] - mass).withoutRest(Self.nothing)
        demands[last] = (demands[last] - mass).withoutRest(Self.nothing)
    }
}

/// The nearest places first (Dijkstra 1959), for graphs in which nearly all places are neighbours.
private struct DijkstraSearch {
    private(set) var distances: [Double]
    private var before: [Int]
    private var isDone: [Bool]

    init(count: Int, from starts: [Int]) {
        distances = [Double](repeating: .infinity, count: count)
        before = [Int](repeating: -1, count: count)
        isDone = [Bool](repeating: false, count: count)
        for start in starts { distances[start] = 0 }
    }

    mutating func next() -> Int? {
        var nearest: Int?
        for place in distances.indices
        where !isDone[place] && distances[place] < nearest.map({ distances[$0] }) ?? .infinity {
            nearest = place
        }
        if let nearest { isDone[nearest] = true }
        return nearest
    }

    mutating func relax(_ place: Int, from other: Int, _ cost: Double) {
        guard !isDone[place], distances[other] + cost < distances[place] else { return }
        distances[place] = distances[other] + cost
        before[place] = other
    }

    func path(to end: Int) -> [Int] {
        var path = [end]
        while before[path[path.count - 1]] >= 0 { path.append(before[path[path.count - 1]]) }
        return path.reversed()
    }
}

extension Double {
    fileprivate func withoutRest(_ nothing: Double) -> Double { self > nothing ? self : 0 }
}
