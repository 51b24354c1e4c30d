import CVips

extension ImageDecoder {
    /// libvips’ own word, as in `8.14.1`.
    public static var libraryVersion: String {
        Vips.start()
        return String(cString: cvips_version())
    }

    /// The formats that this machine’s libvips was built with; photos of the others are skipped.
    public static var readableFormats: [ImageFormat] {
        Vips.start()
        return ImageFormat.allCases.filter { cvips_has_operation($0.loader) }
    }
}
