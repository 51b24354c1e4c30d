/// A part of a photo that was decoded, and where in the photo it lies.
struct PhotoCut {
    let pixels: PixelImage
    /// As large as `pixels`.
    let region: ImageRegion
    /// Of the whole photo.
    let size: ImageSize

    init(_ pixels: PixelImage, from region: ImageRegion, of size: ImageSize) {
        (self.pixels, self.region, self.size) = (pixels, region, size)
    }

    static func whole(_ image: PixelImage) -> PhotoCut { PhotoCut(image, from: .whole(image.size), of: image.size) }
}

/// What is wanted of a photo whose size nobody knows yet.
struct PhotoRequest {
    /// By which factor a photo of that size may be made smaller as it is decoded; less than 1 counts as 1.
    let reduction: (ImageSize) -> Int
    /// Which part of the photo, made smaller to that size, is needed at least.
    let region: (ImageSize) -> ImageRegion
}
