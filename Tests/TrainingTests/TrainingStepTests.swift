import Inference
import Networks
import SystemPackage
import TestSupport
import Testing

@testable import Training

/// Steps against PyTorch's, in double precision (Scripts/make-training-goldens.py).
@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct TrainingStepTests {
    private static let goldens = projectFolder.appending("Tests/TrainingTests/Goldens")

    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let network: any Network
        let features: Features
        let batch: Int
        let side: Int
        let loss: Loss
        let optimizer: Optimizer
        let rate: Float
    }

    private static let small = UNet(inputSide: 32, width: 8, levels: 3)

    static let examples = [
        painting("unet momentum", small, .momentum(0.9), rate: 0.01),
        painting("unet adamW", small, .adamW(decay: 0.01), rate: 0.0001),
        painting(
            "autoencoder momentum", UNet(inputSide: 32, width: 8, levels: 3, hasBridges: false), .momentum(0.9),
            rate: 0.01),
        telling("resnet18 momentum", .momentum(0.9), rate: 0.0001),
        telling("resnet18 adamW", .adamW(decay: 0.01), rate: 0.000_001),
    ]

    private static func painting(_ name: String, _ network: UNet, _ optimizer: Optimizer, rate: Float) -> Example {
        Example(
            testDescription: name, network: network, features: .picture, batch: 4, side: 32, loss: .squaredError,
            optimizer: optimizer, rate: rate)
    }

    private static func telling(_ name: String, _ optimizer: Optimizer, rate: Float) -> Example {
        Example(
            testDescription: name, network: ResNet.resnet18, features: .pooled, batch: 8, side: 64,
            loss: .contrastive(temperature: 0.5), optimizer: optimizer, rate: rate)
    }

    /// To five digits.
    @Test(arguments: examples)
    func goesWherePyTorchGoes(example: Example) throws {
        let expected = try #require(
            golden([String: [Double]].self, at: Self.goldens.appending("losses.json"))[example.testDescription])
        let step = try example.step()
        var session = try InstalledModels.libraries.recurrentSession(
            of: step.graph, states: step.states, results: [TrainingStep.loss],
            settings: SessionSettings(device: .cpu, threads: 2))
        for (number, expected) in expected.enumerated() {
            let settings = step.settings(step: number + 1, rate: example.rate)
            let found = try session.run(settings + example.given(at: number))[0][0]
            #expect(abs(Double(found) - expected) < 1e-5 * expected, "step \(number): \(found) for \(expected)")
        }
    }
}

extension TrainingStepTests.Example {
    fileprivate func step() throws -> TrainingStep {
        let shapes = try network.outline(of: features).weights
        let weights = WeightFile(
            byName: Dictionary(
                uniqueKeysWithValues: shapes.map { ($0.name, .madeUp($0.name, shape: $0.shape, gain: 1)) }))
        return try TrainingStep(
            of: network.graph(of: features, weights: weights, side: side), batch: batch, layers: .all,
            optimizer: optimizer, loss: loss)
    }

    fileprivate func given(at step: Int) -> [WeightFile.Tensor] {
        let photos = WeightFile.Tensor.noise("photos \(step % 2)", shape: [batch, 3, side, side])
        return [photos.named("photos")] + loss.given(photos: photos)
    }
}

extension Loss {
    fileprivate func given(photos: WeightFile.Tensor) -> [WeightFile.Tensor] {
        switch self {
        case .squaredError:
            let shape = [photos.shape[0], photos.shape[1...].reduce(1, *)]
            return [WeightFile.Tensor(Loss.target, .float32, shape: shape, photos.floats.map { $0 / 2 + 0.5 })]
        case .contrastive:
            return Identities((0..<photos.shape[0]).map { $0 / 2 }).tensors
        }
    }
}

extension WeightFile.Tensor {
    fileprivate func named(_ name: String) -> Self { Self(name, type, shape: shape, floats) }
}
