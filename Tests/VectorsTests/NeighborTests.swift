import Testing
import Vectors

@Suite struct NeighborTests {
    @Test func comesFirstWhereItIsNearerOrElseEarlier() {
        let sorted = [(3, 0.9), (0, 0.5), (4, 0.5), (1, -1)].map { Neighbor(id: $0.0, similarity: $0.1) }
        #expect([sorted[2], sorted[3], sorted[0], sorted[1]].sorted() == sorted)
    }
}
