import SystemPackage

/// Which files are taken for photos before they are opened: those with the name of a picture.
///
/// A folder of photos holds much else (lists, thumbnails' databases, half-done downloads), which is nobody's
/// trouble. A picture in a format that cannot be read is: it is opened, and skipped with the reason.
enum PhotoName {
    private static let extensions: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "pjpeg", "png", "apng", "webp", "gif", "tif", "tiff", "heic", "heif", "hif",
        "avif",
        "ppm", "pgm", "pbm", "pnm", "bmp", "dib", "tga", "ico", "jp2", "j2k", "jpf", "jpx", "jxl", "svg",
    ]

    static func isPhoto(_ name: FilePath.Component) -> Bool {
        name.extension.map { extensions.contains($0.lowercased()) } ?? false
    }

    static func isHidden(_ name: FilePath.Component) -> Bool {
        name.string.utf8.first == UInt8(ascii: ".")
    }
}
