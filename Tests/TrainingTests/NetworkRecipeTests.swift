import Networks
import Testing
import Vectors

@testable import Training

@Suite struct NetworkRecipeTests {
    private func drawn(_ seed: UInt64) throws -> WeightFile {
        var random = LinearCongruence(seed: seed)
        return WeightFile(drawnFor: try UNet(inputSide: 32, width: 8, levels: 2).outline(of: .picture), &random)
    }

    /// So that signals keep their size: of n inputs each, evenly within the square root of 6 / n.
    @Test func drawsConvolutionsAsWideAsTheirInputsAreMany() throws {
        let weights = try drawn(1)
        let tensor = try weights.tensor("down1.3.weight")
        let spread = (6 / Float(tensor.shape[1] * 9)).squareRoot()
        let squares = tensor.floats.reduce(0) { $0 + $1 * $1 } / Float(tensor.floats.count)
        #expect(tensor.floats.allSatisfy { abs($0) <= spread } && abs(squares / (spread * spread / 3) - 1) < 0.1)
    }

    @Test func beginsWithNormalizationsThatChangeNothing() throws {
        let weights = try drawn(1)
        #expect(try weights.tensor("up0.1.weight").floats.allSatisfy { $0 == 1 })
        #expect(try weights.tensor("up0.1.running_var").floats.allSatisfy { $0 == 1 })
        for name in ["up0.1.bias", "up0.1.running_mean", "paint.bias"] {
            #expect(try weights.tensor(name).floats.allSatisfy { $0 == 0 })
        }
    }

    @Test func drawsTheSameOfTheSameSeed() throws {
        #expect(try drawn(1).tensors.mapValues(\.floats) == drawn(1).tensors.mapValues(\.floats))
        #expect(try drawn(1).tensor("paint.weight").floats != drawn(2).tensor("paint.weight").floats)
    }

    @Test func hidesFromNetworksWithBridgesAlone() throws {
        for hasBridges in [true, false] {
            let network = UNet(inputSide: 16, width: 2, levels: 2, hasBridges: hasBridges)
            let recipe = try NetworkRecipe.painting(network, input: TinyNetwork.input, seed: 1)
            guard case .paint(let hidesPart) = recipe.lesson else {
                Issue.record("it does not paint")
                return
            }
            #expect(hidesPart == hasBridges)
        }
    }
}
