import Imaging
import SystemPackage

extension ModelDescription {
    /// The model of that name, or the network in the `.onnx` file that the name is a path of.
    init(_ name: String, card: ModelCard, framing: Framing?) throws(EmbedderError) {
        guard Self.isFile(name) else {
            guard card == ModelCard() else { throw .cardOfKnownModel(name) }
            self = try ModelRegistry.model(named: name)
            return
        }
        var card = card
        card.framing = framing
        let network = try ForeignNetwork(at: FilePath(name), card: card)
        self.init(id: name, summary: "a network of your own", kind: .foreign(network))
    }

    /// What the identities of a model begin with, however it is made to look at photos; the name itself where there is no
    /// such model any more.
    public static func stem(ofIdentitiesOf name: String) -> String {
        if isFile(name) { return (try? ForeignNetwork.stem(ofIdentitiesOfFileAt: FilePath(name))) ?? name }
        return (try? ModelRegistry.model(named: name).id) ?? name
    }

    private static func isFile(_ name: String) -> Bool { FilePath(name).extension?.lowercased() == "onnx" }
}
