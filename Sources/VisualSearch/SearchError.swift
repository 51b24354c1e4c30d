public import Embedders
public import ObjectStores
public import SystemPackage

/// What the engine itself refuses.
///
/// It also lets through the errors of the rooms it is made of: `CatalogueError` and `EmbedderError`.
public enum SearchError: Error, Hashable, CustomStringConvertible {
    case noSuchFolder(FilePath)
    case notAFolder(FilePath)
    case folderForbidden(FilePath)
    case unlisted(ObjectStoreError)
    case sharesNoWork
    case tooFewPhotos(Int, needed: Int)
    case knowsNoTypes(model: String)
    case seesNoViews(model: String)
    case seesNoColours(model: String)
    case seesNoPlaces(model: String)
    case trainedAlready(String)
    case trainsOnNoFile(String)
    case trainsInNoIntegers(String)
    case trainsOnWholePhotos(Recipe)
    case hasNoLastStages(String)
    case nothingToResume(String)
    case resumesNothingDamaged(String)
    case resumesAnother(String)
    case cannotKeep(FilePath, reason: String)
    case twoColours
    /// Neither did the user name a folder, nor does the catalogue know one.
    case nowhereToSearch

    /// For the user of the program: what is wrong, and what to name instead.
    public var description: String {
        switch self {
        case .noSuchFolder(let path): "there is no folder \(path)"
        case .notAFolder(let path): "\(path) is not a folder: name the folder that the photos are in"
        case .folderForbidden(let path): "the folder \(path) may not be read: check its permissions"
        case .unlisted(let error): "\(error)"
        case .sharesNoWork:
            "a catalogue in a file is brought up to date by one machine: leave --worker out, or name a catalogue on a server"
        case .tooFewPhotos(let count, let needed):
            "\(count) photos can be read, and \(needed) are needed: name a folder with more, as in --photos ~/Pictures"
        case .knowsNoTypes(let model):
            "\(model) cannot tell types of garments apart: leave --type out, or take one of the EfficientNet-Lites and its views"
        case .seesNoViews(let model):
            "\(model) describes a photo as a whole, which explains nothing: write --features views where it has them, and take one that was not trained"
        case .seesNoColours(let model):
            "\(model) describes a photo as a whole, colours and all: leave --colour out, or write --match garment"
        case .seesNoPlaces(let model):
            "\(model) tells nothing of the places of a photo, only of the whole: take another model, or --metric colour-emd"
        case .trainedAlready(let name):
            "\(name) was trained already: name the model that describes photos with --model, and train it anew"
        case .trainsInNoIntegers(let name):
            "what \(name) says in int8 changes whenever it is quantized: train without --precision"
        case .trainsOnNoFile(let name):
            "\(name) is a file that may be elsewhere tomorrow: train on one of the models that “lookalike models” lists"
        case .trainsOnWholePhotos(let recipe):
            "the recipe \(recipe.rawValue) learns from whole photos: leave --cutout out"
        case .hasNoLastStages(let name):
            "\(name) has no network whose last layers could be learnt anew: take one of the models that “lookalike models” lists with weights"
        case .nothingToResume(let name):
            "no training of \(name) was interrupted: leave --resume out to begin one"
        case .resumesNothingDamaged(let name):
            "what was kept of the training of \(name) is damaged: leave --resume out to begin anew"
        case .cannotKeep(let path, let reason): "\(path) cannot be written: \(reason)"
        case .resumesAnother(let name):
            "the training of \(name) that was interrupted was of other photos, labels or options: take the same ones, or leave --resume out to begin anew"
        case .twoColours:
            "the garments should have another colour than the photo’s, and be ranked by the photo’s: leave --colour out, or take --metric emd"
        case .nowhereToSearch: "nothing to search in yet: name a folder of photos, as in --photos ~/Pictures"
        }
    }
}
