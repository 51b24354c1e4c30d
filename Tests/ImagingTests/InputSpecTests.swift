import Imaging
import Testing

@Suite struct InputSpecTests {
    private static let picture = PixelImage(width: 2, height: 2, pixels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])

    private func spec(_ order: InputSpec.ChannelOrder, mean: [Float] = [0, 0, 0], scale: [Float] = [1, 1, 1])
        -> InputSpec
    {
        InputSpec(side: 2, framing: .squash, filter: .triangle, order: order, mean: mean, scale: scale)
    }

    private func values(_ spec: InputSpec) -> [Float] {
        [Float](unsafeUninitializedCapacity: spec.valueCount) { values, count in
            spec.write(Self.picture, to: UnsafeMutableBufferPointer(rebasing: values[..<spec.valueCount]))
            count = spec.valueCount
        }
    }

    @Test func writesChannelAfterChannel() {
        #expect(values(spec(.rgb)) == [1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12])
    }

    @Test func writesBlueFirstWhereTheNetworkWantsIt() {
        #expect(values(spec(.bgr)) == [3, 6, 9, 12, 2, 5, 8, 11, 1, 4, 7, 10])
    }

    @Test func centresAndScalesInTheNetworksOrder() {
        let written = values(spec(.bgr, mean: [1, 2, 3], scale: [2, 4, 8]))
        #expect(written == [1, 2.5, 4, 5.5, 0, 0.75, 1.5, 2.25, -0.25, 0.125, 0.5, 0.875])
    }

    @Test func framesToItsSide() {
        #expect(spec(.rgb).frame(.gradient(9, 5)).size == .square(2))
        #expect(spec(.rgb).valueCount == 12)
    }

    @Test func changesItsFramingAndNothingElse() {
        let spec = spec(.bgr, mean: [1, 2, 3], scale: [4, 5, 6])
        let framed = spec.framed(by: .letterbox)
        #expect(framed.framing == .letterbox)
        #expect(framed.framed(by: .squash) == spec)
        #expect(framed.reduction(of: .square(16)) == 4)
    }
}
