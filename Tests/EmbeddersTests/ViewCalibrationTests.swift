import Testing

@testable import Embedders
@testable import Networks

@Suite struct ViewCalibrationTests {
    private let layers = FeatureLayers(
        texture: FeatureLayers.Map(channels: 1, side: 1), look: FeatureLayers.Map(channels: 2, side: 1), pooled: 2)
    private let types = GarmentType.allCases.count

    private func file(lookMean: [Float] = [0.6, 0], types: Int? = nil) throws -> [UInt8] {
        let types = types ?? self.types
        let weight = (0..<types).flatMap { [Float($0 == 4 ? 9 : 0), Float(0)] }
        return try WeightFile(floats: [
            ("look.mean", [lookMean.count], lookMean), ("texture.mean", [2], [0, 0]),
            ("type.weight", [types, 2], weight), ("type.bias", [types], [Float](repeating: 0, count: types)),
        ]).safetensors()
    }

    @Test func leavesOutWhatAllHaveInCommon() throws {
        let calibration = try ViewCalibration(file(), for: layers)
        let statistics = LayerStatistics(of: [2, 3, 4, 1, 0], layers: layers)
        #expect(calibration.look(statistics) == [0, 1])
        #expect(calibration.texture(statistics) == [1, 0])
    }

    @Test func knowsTheTypeThatTheHeadSays() throws {
        let calibration = try ViewCalibration(file(), for: layers)
        let likely = calibration.type(LayerStatistics(of: [0, 0, 0, 1, 0], layers: layers))
        #expect(likely.count == types && abs(likely.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        #expect(likely.firstIndex(of: likely.max()!) == 4 && likely[4] > 0.99)
        let unknown = calibration.type(LayerStatistics(of: [0, 0, 0, 0, 1], layers: layers))
        #expect(unknown.allSatisfy { abs($0 * $0 - 1 / Float(types)) < 1e-6 })
    }

    @Test func isKnownByItsFile() throws {
        let (one, other) = (try file(), try file(lookMean: [0.5, 0]))
        #expect(try ViewCalibration(one, for: layers).digest == ViewCalibration(one, for: layers).digest)
        #expect(try ViewCalibration(one, for: layers).digest != ViewCalibration(other, for: layers).digest)
    }

    @Test func refusesWhatIsOfAnotherNetwork() throws {
        #expect(throws: WeightFileError.self) { try ViewCalibration(file(lookMean: [1]), for: layers) }
        #expect(throws: WeightFileError.self) { try ViewCalibration(file(types: 3), for: layers) }
        #expect(throws: WeightFileError.self) { try ViewCalibration([1, 2, 3], for: layers) }
    }

    @Test(arguments: ["efficientnet-lite0", "efficientnet-lite1", "efficientnet-lite2"])
    func isThereForTheNetworksThatHaveLayers(model: String) throws {
        #expect(try ModelRegistry.model(named: model).viewLayout?.parts.count == 4)
    }
}
