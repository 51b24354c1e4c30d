/// What the networks were trained to tell apart (Russakovsky et al. 2015).
enum ImageNet {
    static let classes = 1000
}

extension Graph {
    /// The end of most networks: the last map with its `places`, each channel's mean over them, and the scores of the classes
    /// that follow.
    mutating func head(_ features: Features, of map: FeatureMap, places: Int, classifier: String)
        throws(WeightFileError) -> Value
    {
        if features == .places { return flattened(map, places: places).value }
        let pooled = globalAverage(map)
        return features == .pooled ? pooled.value : try dense(pooled, classifier, to: ImageNet.classes).value
    }
}
