/// What people mistake for a photo, or keep as one in a format that is not read here: known only to be named.
enum ForeignFormat {
    private static let signatures: [(bytes: [UInt8], name: String)] = [
        (Array("<!DOCTYPE".utf8), "a web page"),
        (Array("<!doctype".utf8), "a web page"),
        (Array("<html".utf8), "a web page"),
        (Array("<HTML".utf8), "a web page"),
        (Array("<svg".utf8), "an SVG drawing"),
        (Array("<?xml".utf8), "an XML file or SVG drawing"),
        (Array("version https://git-lfs".utf8), "a Git LFS pointer instead of the file itself"),
        (Array("%PDF".utf8), "a PDF document"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0x42, 0x4D], "a BMP picture (save it as PNG)"),
        ([0x00, 0x00, 0x01, 0x00], "a Windows icon"),
        ([0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20], "a JPEG 2000 picture (save it as PNG)"),
        ([0xFF, 0x4F, 0xFF, 0x51], "a JPEG 2000 picture (save it as PNG)"),
        ([0x00, 0x00, 0x00, 0x0C, 0x4A, 0x58, 0x4C, 0x20], "a JPEG XL picture (save it as PNG)"),
        ([0xFF, 0x0A], "a JPEG XL picture (save it as PNG)"),
    ]

    static func name(of bytes: [UInt8]) -> String? {
        signatures.first { bytes.starts(with: $0.bytes) }?.name
    }
}
