public import Imaging

/// Tells what a network sees in each place of photos, where the run of the network that describes them does not tell it.
public struct PlaceTeller: Sendable {
    private let network: any Embedder
    private let places: NetworkPlaces

    /// Takes the choice that tells it, as `ModelChoice.placeTeller` is, and an embedder of it; `nil` for any other.
    public init?(_ network: any Embedder, of choice: ModelChoice) {
        guard let places = choice.model.places, choice.features == places.source else { return nil }
        (self.network, self.places) = (network, places)
    }

    /// One grid for each photo, in the same order, which must be framed as the model looks at them; `nil` where the network gives
    /// numbers for the whole photo alone.
    public func patches(of photos: [FramedPhoto]) throws(EmbedderError) -> [PatchGrid?] {
        try network.embed(photos).map(places.patches)
    }
}
