/// The picture formats that photos may have, told apart by how a file begins and never by its name.
///
/// Each is decoded by a library that is hardened against hostile files. Formats whose libvips loaders are not
/// (SVG, PDF, JPEG 2000, JPEG XL and all that goes through ImageMagick) are left out on purpose.
public enum ImageFormat: String, Sendable, Codable, CaseIterable {
    case jpeg = "JPEG"
    case png = "PNG"
    case webp = "WebP"
    case gif = "GIF"
    case tiff = "TIFF"
    case heic = "HEIC"
    case avif = "AVIF"
    case ppm = "PPM"

    /// `nil` for bytes that begin like none of these formats.
    public init?(signatureOf bytes: [UInt8]) {
        guard let format = Self.allCases.first(where: { $0.isBegun(by: bytes) }) else { return nil }
        self = format
    }

    private func isBegun(by bytes: [UInt8]) -> Bool {
        switch self {
        case .jpeg: bytes.starts(with: [0xFF, 0xD8, 0xFF])
        case .png: bytes.starts(with: [0x89] + Array("PNG\r\n".utf8))
        case .webp: bytes.has("RIFF", at: 0) && bytes.has("WEBP", at: 8)
        case .gif: bytes.has("GIF87a", at: 0) || bytes.has("GIF89a", at: 0)
        case .tiff: bytes.starts(with: [0x49, 0x49, 0x2A, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A])
        case .heic: bytes.hasBrand(in: ["heic", "heix", "hevc", "heim", "heis", "mif1"])
        case .avif: bytes.hasBrand(in: ["avif", "avis"])
        case .ppm:
            (0x31...0x36).contains(bytes.dropFirst().first ?? 0) && bytes.has("P", at: 0) && bytes.hasSpace(at: 2)
        }
    }
}

extension [UInt8] {
    fileprivate func has(_ text: String, at offset: Int) -> Bool {
        dropFirst(offset).starts(with: text.utf8)
    }

    fileprivate func hasSpace(at offset: Int) -> Bool {
        count > offset && [0x20, 0x09, 0x0A, 0x0D].contains(self[offset])
    }

    /// The `ftyp` box that opens every ISO base media file (ISO/IEC 14496-12, 4.3) names what the file holds.
    fileprivate func hasBrand(in brands: [String]) -> Bool {
        has("ftyp", at: 4) && brands.contains { has($0, at: 8) }
    }
}
