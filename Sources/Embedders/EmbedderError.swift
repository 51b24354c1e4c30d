public import Hashing
public import Imaging
public import Inference
public import Networks
public import SystemPackage

/// Why a model cannot describe photos.
public enum EmbedderError: Error, Hashable, CustomStringConvertible {
    case unknownModel(String, known: [String])
    case cardOfKnownModel(String)
    case foreign(FilePath, reason: String)
    case noFeatures(Features, model: String)
    case noFraming(Framing, model: String)
    case describesNothing(model: String)
    case weightsMissing(model: String, path: FilePath)
    case noMirror(String)
    case wrongFile(model: String, FilePath, found: SHA256Digest, expected: String)
    case unreadable(FilePath, reason: String)
    case notQuantized(model: String, path: FilePath)
    case quantizedAnew(model: String)
    case noWeights(model: String)
    case hasNoNetwork(String)
    case badName(String)
    case nameTaken(String)
    case fixedByTraining(String)
    case trainedOnAnother(String, String)
    case trainedOnItself(String)
    case weights(WeightFileError)
    case inference(InferenceError)

    /// For the user: what is wrong and, where there is one, the command that mends it.
    public var description: String {
        switch self {
        case .unknownModel(let name, let known):
            "there is no model called “\(name)”; there are \(known.joined(separator: ", ")), and your own networks in .onnx files"
        case .cardOfKnownModel(let name):
            "how \(name) looks at photos is known: leave out the options that say it of a network of your own"
        case .foreign(let path, let reason):
            "\(path) cannot describe photos: \(reason)"
        case .noFeatures(.views, let model): "\(model) has no views of a photo: leave --match and --features out"
        case .noFeatures(let features, let model): "\(model) has no \(features.rawValue): leave --features out"
        case .noFraming(let framing, let model):
            "\(model) always looks at the whole photo: leave --framing \(framing.rawValue) out"
        case .describesNothing(let model):
            "\(model) cuts garments out of photos and describes none: write --cutout always beside another model"
        case .weightsMissing(let model, let path):
            "the weights of \(model) are missing: run “lookalike models fetch \(model)” (they belong at \(path))"
        case .noMirror(let text):
            "\(text) is no mirror: give an address that begins with http:// or https://, or the path of a folder"
        case .wrongFile(let model, let path, let found, let expected):
            "\(path) is not the file that the publisher of \(model) gave out: its SHA-256 is \(found), not "
                + expected + (expected.count < 64 ? "…" : "")
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .notQuantized(let model, let path):
            "\(model) is not quantized for int8 yet: run “lookalike models quantize \(model) --photos DIR” with photos "
                + "like those you search (looked for \(path))"
        case .quantizedAnew(let model): "\(model) was quantized anew meanwhile: run this again"
        case .noWeights(let model): "\(model) has no weights that could be quantized"
        case .hasNoNetwork(let model):
            "\(model) has no network of Lookalike’s own that could be learnt from: name one that ‘lookalike models’ lists with weights"
        case .badName(let name):
            "“\(name)” is no name for a model: take letters, digits, hyphens and full stops, 60 at most"
        case .nameTaken(let name): "\(name) is the name of another model: call yours something else"
        case .trainedOnItself(let name):
            "what is learnt of \(name) needs another name, since \(name) has to stay as it is"
        case .fixedByTraining(let name):
            "\(name) looks at photos as it did when it was trained: leave the options that say it out"
        case .trainedOnAnother(let name, let base):
            "\(name) was trained on what \(base) said of photos once, or says in another precision: train it again"
        case .weights(let error): error.description
        case .inference(let error): error.description
        }
    }
}
