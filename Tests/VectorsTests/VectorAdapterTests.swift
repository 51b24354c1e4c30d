import Testing
import Vectors

@Suite struct VectorAdapterTests {
    private func near(_ found: [Float], _ expected: [Float]) -> Bool {
        found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }
    }

    @Test func keepsDirectionsWhereNothingWasLearnt() {
        let adapter = VectorAdapter(scale: [1, 1], whitening: nil, residual: nil)
        #expect(near(adapter.applied(toRows: [3, 4, 0, -2]), [0.6, 0.8, 0, -1]))
        #expect(adapter.applied(to: [Embedding([3, 4])])[0].dimension == 2)
    }

    @Test func scalesTurnsAndAdds() {
        // Twice the first number; then the second for the first; then what is positive of their sum, to the first.
        let residual = VectorAdapter.Residual(
            innerWeights: [1, 1], innerBias: [0], outerWeights: [1, 0], outerBias: [0, 0.5])
        let turned = VectorAdapter(scale: [2, 1], whitening: [0, 1, 1, 0], residual: nil)
        #expect(near(turned.applied(toRows: [1.5, 4]), [0.8, 0.6]))
        let all = VectorAdapter(scale: [2, 1], whitening: [0, 1, 1, 0], residual: residual)
        let length = Float(2.2 * 2.2 + 1.1 * 1.1).squareRoot()
        #expect(near(all.applied(toRows: [1.5, 4]), [2.2 / length, 1.1 / length]))
        // Below 0 there is nothing to add but the bias.
        #expect(
            near(all.applied(toRows: [-1.5, -4]), [-0.8 / Float(0.65).squareRoot(), -0.1 / Float(0.65).squareRoot()]))
    }

    @Test func leavesNothingOfNothing() {
        let adapter = VectorAdapter(scale: [1, 1, 1], whitening: nil, residual: nil)
        #expect(adapter.applied(toRows: [0, 0, 0]) == [0, 0, 0])
        #expect(adapter.applied(toRows: []) == [])
    }
}
