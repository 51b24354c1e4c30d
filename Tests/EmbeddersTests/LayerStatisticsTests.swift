@testable import Networks
import Testing

@testable import Embedders

@Suite struct LayerStatisticsTests {
    private let layers = FeatureLayers(
        texture: FeatureLayers.Map(channels: 2, side: 2), look: FeatureLayers.Map(channels: 3, side: 1), pooled: 2)

    @Test func takesARowApart() {
        let statistics = LayerStatistics(of: [1, 3, 1, 3, 5, 5, 5, 5, 7, 8, 9, 10, 11], layers: layers)
        #expect(statistics.texture.means == [2, 5] && statistics.texture.deviations == [1, 0])
        #expect(statistics.look == [7, 8, 9] && statistics.pooled == [10, 11])
    }
}
