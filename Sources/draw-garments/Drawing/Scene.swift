import Imaging

/// A picture of a product: the backdrop, and the garment in its pose.
struct Scene: Sendable {
    let width: Int
    let height: Int
    let layers: [Element]

    func rendered() throws(ImageError) -> PixelImage {
        try VectorPicture(svg: Element.group(layers).document(width: width, height: height)).rendered()
    }
}
