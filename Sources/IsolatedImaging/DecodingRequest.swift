import Imaging

/// What a child is asked: how to decode the photo whose bytes come behind it.
struct DecodingRequest: Codable, Sendable {
    let detail: PhotoDetail
    let megapixelLimit: Int
}

/// What a child answers: the size of the picture whose pixels come behind it, or why there is none.
enum DecodingAnswer: Codable, Sendable {
    case picture(ImageSize)
    case refused(ImageError)
}
