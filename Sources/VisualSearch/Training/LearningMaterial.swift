import Training

/// Photos that are learnt from, and what a model says of them already.
struct LearningMaterial {
    let photos: LabelledPhotos
    /// By which the model's numbers are multiplied first.
    let scale: [Float]
    let vectors: LabelledVectors
    /// Whether somebody said what photos show.
    let isLabelled: Bool

    init(_ photos: LabelledPhotos, scale: [Float], isLabelled: Bool) {
        var photos = photos
        vectors = photos.takeVectors(scaledBy: scale)
        (self.photos, self.scale, self.isLabelled) = (photos, scale, isLabelled)
    }
}
