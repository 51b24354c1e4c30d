import Foundation
import Imaging
import Networks
import Testing

@testable import Embedders

@Suite struct TrainingOriginTests {
    @Test(arguments: [
        TrainingOrigin.network(of: "resnet18", framing: nil), .painter(UNet(), framing: .letterbox),
        .embeddings(
            TrainingOrigin.Embeddings(
                base: "vgg16", space: "any", features: .fc2, framing: .squash, cutOut: .auto)),
    ])
    func isReadAsItIsWritten(origin: TrainingOrigin) throws {
        let written = try JSONEncoder().encode(origin)
        #expect(try JSONDecoder().decode(TrainingOrigin.self, from: written) == origin)
    }

    @Test func tellsTheRecipe() {
        #expect(TrainingOrigin.network(of: "resnet18", framing: nil).recipe == .fineTune)
        #expect(TrainingOrigin.painter(UNet(), framing: .squash).recipe == .unet)
        #expect(TrainingOrigin.painter(UNet(hasBridges: false), framing: .squash).recipe == .autoencoder)
    }

    /// Whatever somebody writes into a card is no network that cannot be.
    @Test(arguments: [(128, 32, 0), (128, 32, 60), (128, 0, 5), (0, 32, 5), (100, 32, 5), (1 << 40, 32, 5)])
    func refusesNetworksThatCannotBe(side: Int, width: Int, levels: Int) {
        let text = """
            {"painter":{"_0":{"inputSide":\(side),"width":\(width),"levels":\(levels),"hasBridges":true},"framing":"squash"}}
            """
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(TrainingOrigin.self, from: Data(text.utf8))
        }
    }
}
