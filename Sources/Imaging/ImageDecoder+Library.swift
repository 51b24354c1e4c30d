import CVips

extension ImageDecoder {
    /// libvips’ own word, as in `8.14.1`.
    public static var libraryVersion: String {
        Vips.start()
        return String(cString: vips_version_string())
    }

    /// The formats that this machine’s libvips was built with; photos of the others are skipped.
    public static var readableFormats: [ImageFormat] {
        Vips.start()
        return ImageFormat.allCases.filter { vips_type_find("VipsOperation", $0.loader) != 0 }
    }
}
