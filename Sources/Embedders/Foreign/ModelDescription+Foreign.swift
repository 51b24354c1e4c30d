import Imaging
import SystemPackage

extension ModelDescription {
    /// The model of that name, or the network in the `.onnx` file that the name is a path of.
    init(_ name: String, card: ModelCard, framing: Framing?) throws(EmbedderError) {
        guard FilePath(name).extension?.lowercased() == "onnx" else {
            guard card == ModelCard() else { throw .cardOfKnownModel(name) }
            self = try ModelRegistry.model(named: name)
            return
        }
        var card = card
        card.framing = framing
        let network = try ForeignNetwork(at: FilePath(name), card: card)
        self.init(id: name, summary: "a network of your own", kind: .foreign(network))
    }
}
