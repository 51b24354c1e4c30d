import Testing

@testable import Vectors

@Suite struct CommonFloorTests {
    @Test func liesBelowEverythingAtFirst() {
        #expect(CommonFloor().value == -.infinity)
    }

    @Test func onlyRises() {
        let floor = CommonFloor()
        var highest = -Double.infinity
        let scores: [Double] = [
            -1e300, -2, -1.5, -1.75, -.leastNonzeroMagnitude, -0.0, 0, 7 * .leastNonzeroMagnitude, 0.5, 0.25, 3e8, -1,
        ]
        for score in scores {
            floor.raise(to: score)
            highest = max(highest, score)
            #expect(floor.value == highest)
        }
    }

    @Test func isTheHighestThatAnyTaskKnows() async {
        let floor = CommonFloor()
        await withTaskGroup { group in
            for task in 0..<4 {
                group.addTask { for step in 0..<1000 { floor.raise(to: Double(step * 4 + task) - 3000) } }
            }
        }
        #expect(floor.value == 999)
    }
}
