import Testing

@testable import Embedders
@testable import Networks

@Suite struct ViewCalibrationTests {
    private let layers = FeatureLayers(
        texture: FeatureLayers.Map(channels: 1, side: 1), look: FeatureLayers.Map(channels: 2, side: 1),
        pattern: [2, 1], pooled: 2)
    private let types = GarmentType.allCases.count

    /// The first looks at the second number, the second at the third; all others at nothing.
    private let patternDirections = (0..<128 * 3).map { Int8($0 == 1 ? 100 : $0 == 5 ? 50 : 0) }
    /// The first looks at the first number, the last at the second, negatively; all others at nothing.
    private let patchDirections = (0..<64 * 2).map { Int8($0 == 0 ? 1 : $0 == 127 ? -2 : 0) }
    private let scales = (0..<128).map { Float($0 == 1 ? 0.02 : 0.01) }

    private func file(lookMean: [Float] = [0.6, 0], types: Int? = nil) throws -> [UInt8] {
        let types = types ?? self.types
        let weight = (0..<types).flatMap { [Float($0 == 4 ? 9 : 0), Float(0)] }
        let floats: [(String, [Int], [Float])] = [
            ("look.mean", [lookMean.count], lookMean), ("texture.mean", [2], [0, 0]),
            ("pattern.mean", [3], [0.6, 0, 0.5]), ("pattern.directions.scales", [128], scales),
            ("patch.mean", [2], [0.5, 0]), ("patch.directions.scales", [64], [Float](repeating: 1, count: 64)),
            ("type.weight", [types, 2], weight), ("type.bias", [types], [Float](repeating: 0, count: types)),
        ]
        let integers: [(String, [Int], [Int8])] = [
            ("pattern.directions", [128, 3], patternDirections), ("patch.directions", [64, 2], patchDirections),
        ]
        return try WeightFile(
            floats.map { .init($0, .float32, shape: $1, $2) } + integers.map { .init($0, .int8, shape: $1, $2) }
        ).safetensors()
    }

    @Test func leavesOutWhatAllHaveInCommon() throws {
        let calibration = try ViewCalibration(file(), for: layers)
        let statistics = LayerStatistics(of: [2, 3, 4, 3, 4, 9, 1, 0], layers: layers)
        #expect(calibration.look(statistics) == [0, 1])
        #expect(calibration.texture(statistics) == [1, 0])
    }

    /// Layers are of length one each before their mean is left out.
    @Test func describesAPatternByTheDirectionsThatItHasLearnt() throws {
        let pattern = try ViewCalibration(file(), for: layers).pattern(
            LayerStatistics(of: [2, 3, 4, 3, 4, 9, 1, 0], layers: layers))
        #expect(pattern.count == 128 && pattern[2...].allSatisfy { $0 == 0 })
        // (0.6, 0.8) and (1) less the mean are (0, 0.8, 0.5).
        let length = Float(0.8 * 0.8 + 0.5 * 0.5).squareRoot()
        #expect(abs(pattern[0] - 0.8 / length) < 1e-5 && abs(pattern[1] - 0.5 / length) < 1e-5)
    }

    /// A photo counts by what its places are to one another: how strong all of them are changes nothing.
    @Test func describesThePlacesOfAPhotoInSmallIntegers() throws {
        let layers = FeatureLayers(
            texture: FeatureLayers.Map(channels: 1, side: 1), look: FeatureLayers.Map(channels: 2, side: 2),
            pattern: [2, 1], pooled: 2)
        let calibration = try ViewCalibration(file(), for: layers)
        // The means of the channels are 3 and 4, which are 5 long: 0.5 of that are left out of the first.
        let grid = try #require(
            calibration.patches(of: [9, 5, 1, 3, 3, 2, 4, 8, 2, 9, 9, 9, 9, 9], layers: layers))
        #expect(grid.side == 2 && grid.numbers.count == 4 * 64)
        let places = (0..<4).map { [grid.numbers[$0 * 64], grid.numbers[$0 * 64 + 63]] }
        // (5, 2), (1, 4), (3, 8) and (3, 2) of 5 long, less (0.5, 0): the second number counts twice, and negatively.
        #expect(places == [[79, -127], [-24, -127], [4, -127], [16, -127]])
    }

    @Test func knowsTheTypeThatTheHeadSays() throws {
        let calibration = try ViewCalibration(file(), for: layers)
        let likely = calibration.type(LayerStatistics(of: [0, 0, 0, 0, 0, 0, 1, 0], layers: layers))
        #expect(likely.count == types && abs(likely.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        #expect(likely.firstIndex(of: likely.max()!) == 4 && likely[4] > 0.99)
        let unknown = calibration.type(LayerStatistics(of: [0, 0, 0, 0, 0, 0, 0, 1], layers: layers))
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
        #expect(try ModelRegistry.model(named: model).viewLayout?.parts.count == 5)
    }
}
