import CVips

/// A drawing that the program wrote itself, as SVG 1.1.
///
/// Never for a drawing of somebody else's: SVG can refer to files and make its reader work without end.
public struct VectorPicture: Sendable {
    let svg: String

    /// Takes a whole SVG document; whether it is sound shows when it is rendered.
    public init(svg: String) {
        self.svg = svg
    }

    /// Pixels of the size that the drawing asks for, on white.
    public func rendered() throws(ImageError) -> PixelImage {
        let bytes = Array(svg.utf8)
        let image = Vips.withDrawingsAllowed { bytes.withUnsafeBytes { try? Self.render($0) } }
        guard let image else { throw .undrawable(reason: "its SVG is not sound") }
        return image
    }

    private static func render(_ svg: UnsafeRawBufferPointer) throws(VipsFailure) -> PixelImage {
        var drawn: VipsPicture.Reference?
        guard cvips_render_svg(svg.baseAddress, svg.count, &drawn) == 0 else { throw VipsFailure() }
        return try VipsPicture(owning: drawn).photo(reducedBy: 1)
    }
}
