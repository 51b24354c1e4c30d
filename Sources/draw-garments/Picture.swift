import Imaging

/// A scene and the file it goes to.
struct Picture: Sendable {
    /// Within the folder that everything is drawn into.
    let file: String
    let isJPEG: Bool
    /// Composed only when it is drawn, so that this too is done by all processors.
    let scene: @Sendable () -> Scene

    static func catalogue(_ product: Product, _ view: View) -> Picture {
        Picture(
            file: "catalogue/\(product.name)-\(view.rawValue).\(product.isJPEG ? "jpg" : "png")",
            isJPEG: product.isJPEG, scene: { .studio(product, view) })
    }

    func encoded() throws(ImageError) -> [UInt8] {
        try ImageEncoder(format: isJPEG ? .jpeg : .png).encode(scene().rendered())
    }
}
