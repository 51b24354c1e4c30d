/// What the networks were trained to tell apart (Russakovsky et al. 2015).
enum ImageNet {
    static let classes = 1000
}

extension Graph {
    /// The end of most networks: each channel's mean over the picture, and the scores of the classes that follow.
    mutating func head(_ features: Features, of map: FeatureMap, classifier: String) throws(WeightFileError) -> Value {
        let pooled = globalAverage(map)
        return features == .pooled ? pooled.value : try dense(pooled, classifier, to: ImageNet.classes).value
    }
}
