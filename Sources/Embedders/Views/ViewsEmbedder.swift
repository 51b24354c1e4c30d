public import Imaging
public import Vectors

extension ModelChoice {
    /// The choice's views of photos, if it has such, of what a network makes of them.
    func viewing(_ network: NeuralEmbedder) -> any Embedder {
        guard inputs.count > 1, let networkViews = model.networkViews else { return network }
        return ViewsEmbedder(networkViews, of: network)
    }
}

/// Describes photos by the views that a network has of them, and by the colours of the garment.
public struct ViewsEmbedder: Embedder {
    private let network: any Embedder
    private let views: NetworkViews

    /// The network gives the numbers that `views` are made of.
    init(_ views: NetworkViews, of network: any Embedder) {
        (self.views, self.network) = (views, network)
    }

    /// The network's, and the whole photo, small.
    public var inputs: [InputSpec] { [network.input, GarmentColours.input] }

    /// The network's.
    public var deviceBatch: Int? { network.deviceBatch }

    /// Each view of length one.
    public func embed(_ photos: [FramedPhoto]) throws(EmbedderError) -> [Embedding] {
        zip(photos, try network.embed(photos)).map(embedding)
    }

    /// The same, and what the network sees in each place of a photo; `nil` where its views are of no layer that has places.
    public func describe(_ photos: [FramedPhoto]) throws(EmbedderError)
        -> [(embedding: Embedding, patches: PatchGrid?)]
    {
        zip(photos, try network.embed(photos)).map { photo, row in
            (embedding(of: photo, row), views.places?.patches(of: row))
        }
    }

    private func embedding(of photo: FramedPhoto, _ row: Embedding) -> Embedding {
        Embedding(views.values(of: row) + GarmentColours.values(of: photo.pictures[1]).values)
    }
}
