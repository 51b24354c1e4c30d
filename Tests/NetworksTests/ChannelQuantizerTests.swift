import TestSupport
import Testing

@testable import Networks

@Suite struct ChannelQuantizerTests {
    @Test func roundsAsAnIndependentImplementationDoes() throws {
        let golden = try QuantizationGolden.read().weights
        let quantizer = ChannelQuantizer(golden.rows, golden.biases, inputScale: golden.inputScale)
        #expect(quantizer.scales == golden.scales)
        #expect(quantizer.integers(of: golden.rows) == golden.integers)
        #expect(quantizer.integers(ofBiases: golden.biases) == golden.biasIntegers)
    }

    @Test func leavesOutNoMoreThanHalfAStep() {
        var random = SeededRandom(seed: 1)
        let rows = (0..<60).map { _ in Float.random(in: -3...3, using: &random) }
        let quantizer = ChannelQuantizer(rows, [0, 0, 0, 0, 0, 0], inputScale: 1)
        for (index, error) in quantizer.errors(of: rows).enumerated() {
            #expect(abs(error) <= quantizer.scales[index / 10] * 0.5001)
        }
    }

    /// Of a channel that training left without weights, only the bias is left.
    @Test func keepsTheBiasOfAChannelWithoutWeights() {
        let quantizer = ChannelQuantizer([0, 0, 1e-30, 0], [3, -1e6], inputScale: 0.01)
        #expect(quantizer.integers(of: [0, 0, 1e-30, 0]) == [0, 0, 0, 0])
        for (bias, (integer, scale)) in zip(
            [3, -1e6] as [Float], zip(quantizer.integers(ofBiases: [3, -1e6]), quantizer.scales))
        {
            #expect(abs(Float(integer) * scale * 0.01 - bias) <= abs(bias) * 1e-6)
        }
    }

    @Test func takesWhatIsNoNumberForOne() {
        let quantizer = ChannelQuantizer([1, .nan, .infinity, 1], [.nan, 1], inputScale: 1)
        #expect(quantizer.integers(of: [1, .nan, .infinity, 1]).count == 4)
        #expect(quantizer.integers(ofBiases: [.nan, -.infinity]) == [-.max, -.max])
    }

    @Test func cutsOffWhatIsBeyondTheEnds() {
        let quantizer = ChannelQuantizer([1, -1], [0], inputScale: 1)
        #expect(quantizer.integers(of: [2, -2]) == [127, -127])
        #expect(quantizer.integers(ofBiases: [1e20]) == [.max] && quantizer.integers(ofBiases: [-1e20]) == [-.max])
    }
}
