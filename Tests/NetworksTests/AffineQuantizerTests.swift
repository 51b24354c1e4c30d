import SystemPackage
import TestSupport
import Testing

@testable import Networks

/// What Scripts/make-quantization-goldens.py wrote down.
struct QuantizationGolden: Decodable {
    struct Values: Decodable {
        let range: [Float]
        let scale: Float
        let zero: UInt8
    }

    struct Weights: Decodable {
        let rows: [Float]
        let biases: [Float]
        let inputScale: Float
        let scales: [Float]
        let integers: [Int8]
        let biasIntegers: [Int32]
    }

    let values: [Values]
    let weights: Weights

    static func read() throws -> QuantizationGolden {
        try golden(QuantizationGolden.self, at: goldens.appending("quantization.json"))
    }
}

@Suite struct AffineQuantizerTests {
    @Test func hasTheScaleAndZeroOfAnIndependentImplementation() throws {
        for golden in try QuantizationGolden.read().values {
            let quantizer = AffineQuantizer(covering: golden.range[0]...golden.range[1])
            #expect(quantizer == AffineQuantizer(scale: golden.scale, zero: golden.zero))
        }
    }

    @Test(arguments: [1...4, 0...6, -8 ... -1, -2.5...3.75] as [ClosedRange<Float>])
    func reachesBothEndsAndHasAnIntegerForZero(range: ClosedRange<Float>) {
        let quantizer = AffineQuantizer(covering: range)
        let lowerEnd = -quantizer.scale * Float(quantizer.zero)
        #expect(abs(quantizer.upperEnd - max(range.upperBound, 0)) <= quantizer.scale / 2)
        #expect(abs(lowerEnd - min(range.lowerBound, 0)) <= quantizer.scale / 2)
    }

    @Test func takesAnyScaleForWhatIsAlwaysZero() {
        #expect(AffineQuantizer(covering: 0...0) == AffineQuantizer(scale: 1 / 256, zero: 0))
        #expect(AffineQuantizer(covering: 0...Float.leastNonzeroMagnitude).scale.isNormal)
    }
}
