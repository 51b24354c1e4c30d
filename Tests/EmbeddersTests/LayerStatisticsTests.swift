import Testing

@testable import Embedders
@testable import Networks

@Suite struct LayerStatisticsTests {
    private let layers = FeatureLayers(
        texture: FeatureLayers.Map(channels: 2, side: 2), look: FeatureLayers.Map(channels: 3, side: 1),
        pattern: [2, 1], pooled: 2)

    @Test func takesARowApart() {
        let statistics = LayerStatistics(of: [1, 3, 1, 3, 5, 5, 5, 5, 7, 8, 9, 20, 21, 22, 10, 11], layers: layers)
        // Four places around the middle are equally far from it.
        #expect(statistics.texture.means == [2, 5] && statistics.texture.deviations == [1, 0])
        #expect(statistics.look == [7, 8, 9] && statistics.pooled == [10, 11])
        #expect(statistics.pattern == [[20, 21], [22]])
    }

    @Test func whatIsInTheMiddleCountsMost() {
        let layers = FeatureLayers(
            texture: FeatureLayers.Map(channels: 1, side: 1), look: FeatureLayers.Map(channels: 3, side: 3),
            pattern: [],
            pooled: 1)
        func channel(_ place: Int) -> [Float] { (0..<9).map { $0 == place ? 1 : 0 } }
        let look = LayerStatistics(of: [0] + channel(4) + channel(1) + channel(0) + [0], layers: layers).look
        #expect(look[0] > look[1] && look[1] > look[2] && look[2] > 0.05)
    }
}
