/// Why some bytes give no picture.
public enum ImageError: Error, Hashable, Codable, CustomStringConvertible {
    case empty
    /// `resembles` says what the bytes look like instead, where that can be told.
    case notAPicture(resembles: String?)
    case damaged(ImageFormat)
    case tooLarge(ImageSize, megapixelLimit: Int)
    case undrawable(reason: String)
    /// It took more than is allowed to whom it comes from.
    case exhausting

    /// Without a capital or a full stop, to stand behind the name of a file.
    public var description: String {
        switch self {
        case .empty: "the file is empty"
        case .notAPicture(let resembles?): "not a photo that can be read: it looks like \(resembles)"
        case .notAPicture(nil): "not a photo: it begins like no picture format that is read here (\(Self.formats))"
        case .damaged(let format):
            "damaged or cut short: it begins as \(format.rawValue) but cannot be decoded to its end"
        case .tooLarge(let size, let limit):
            "too large: \(size.width) x \(size.height) pixels, and the limit is \(limit) megapixels"
        case .undrawable(let reason): "the picture cannot be drawn: \(reason)"
        case .exhausting: "takes more memory or time to decode than a photo should, or breaks its decoder"
        }
    }

    private static var formats: String { ImageFormat.allCases.map(\.rawValue).joined(separator: ", ") }
}
