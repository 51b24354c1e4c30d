import CVips

/// Turns a picture into the bytes of a file.
public struct ImageEncoder: Sendable {
    /// The formats that can be written, named as the end of a file's name.
    public enum Format: String, Sendable, CaseIterable {
        case jpeg, png, webp

        /// Understands `jpg` too; `nil` for any other.
        public init?(fileExtension: String) {
            let name = fileExtension.lowercased()
            self.init(rawValue: name == "jpg" ? "jpeg" : name)
        }

        fileprivate func suffix(quality: Int?) -> String {
            switch self {
            case .jpeg: ".jpg[Q=\(quality ?? 88),strip]"
            case .png: ".png[compression=6,strip]"
            case .webp: ".webp[Q=\(quality ?? 85),strip]"
            }
        }
    }

    let format: Format
    private let quality: Int?

    /// Quality is from 1 to 100, and goes with the format unless given: 88 for JPEG, 85 for WebP; PNG loses nothing.
    public init(format: Format, quality: Int? = nil) {
        self.format = format
        self.quality = quality
    }

    /// A whole file without metadata; throws `.undrawable` for a size that the format does not have.
    public func encode(_ image: PixelImage) throws(ImageError) -> [UInt8] {
        Vips.start()
        let bytes = image.pixels.withUnsafeBytes {
            try? Self.picture(of: $0, size: image.size).encoded(as: format.suffix(quality: quality))
        }
        guard let bytes else {
            throw .undrawable(reason: "\(image.width) x \(image.height) pixels cannot be written as \(format.rawValue)")
        }
        return bytes
    }

    static func picture(of pixels: UnsafeRawBufferPointer, size: ImageSize) throws(VipsFailure) -> VipsPicture {
        let raw = cvips_from_memory(
            pixels.baseAddress, pixels.count, CInt(size.width), CInt(size.height), CInt(PixelImage.channels))
        return try VipsPicture(owning: raw).applying(cvips_as_srgb)
    }
}
