/// What a layer makes of a batch of photos: `channels` numbers for each place of a picture, or for the whole of it.
struct FeatureMap {
    let value: Graph.Value
    let channels: Int

    init(_ value: Graph.Value, channels: Int) {
        self.value = value
        self.channels = channels
    }
}
