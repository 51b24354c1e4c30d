import VisualSearch

/// The photos that somebody sent lately, in memory: the last ones as far as there is room.
actor SentPhotos {
    /// Small photos cost more than their bytes.
    private static let countLimit = 1000

    private let limit: Int
    private var photos: [PhotoID: [UInt8]] = [:]
    /// The one that was asked for last comes last.
    private var order: [PhotoID] = []
    private var byteCount = 0

    /// At most so many bytes.
    init(limit: Int) { self.limit = limit }

    nonisolated func keep(_ bytes: [UInt8]) async -> PhotoID { await keep(bytes, as: PhotoID(ofFile: bytes)) }

    private func keep(_ bytes: [UInt8], as id: PhotoID) -> PhotoID {
        guard photos[id] == nil else { return touch(id) }
        photos[id] = bytes
        order.append(id)
        byteCount += bytes.count
        while byteCount > limit || order.count > Self.countLimit, order.count > 1 { forgetOldest() }
        return id
    }

    /// `nil` where it was not sent, or too long ago.
    func bytes(of id: PhotoID) -> [UInt8]? {
        guard let bytes = photos[id] else { return nil }
        _ = touch(id)
        return bytes
    }

    private func touch(_ id: PhotoID) -> PhotoID {
        order.removeAll { $0 == id }
        order.append(id)
        return id
    }

    private func forgetOldest() {
        byteCount -= photos.removeValue(forKey: order.removeFirst())?.count ?? 0
    }
}
