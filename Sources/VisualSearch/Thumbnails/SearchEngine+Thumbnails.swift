import Catalogue

// Of several machines that show the photos of one catalogue, one makes each thumbnail: photos may be far away from all.
extension SearchEngine {
    /// What some machine made, and kept with a catalogue on a server; of one in a file, each machine keeps its own beside it
    /// (`ThumbnailFolder`).
    public nonisolated func sharedThumbnail(of photo: CataloguedPhoto, side: Int) async throws -> [UInt8]? {
        guard sharesThumbnails else { return nil }
        return try await catalogue.localFeatures(.thumbnail(side), ofContents: [photo.content])[photo.content]
    }

    /// Keeps a thumbnail, a JPEG, with a catalogue on a server, as long as it has the photo.
    public nonisolated func share(_ thumbnail: [UInt8], of photo: CataloguedPhoto, side: Int) async throws {
        guard sharesThumbnails else { return }
        try await catalogue.keep([photo.content: thumbnail], as: .thumbnail(side))
    }

    private nonisolated var sharesThumbnails: Bool {
        if case .server = catalogue.location { true } else { false }
    }
}

extension LocalFeatureKind {
    fileprivate static func thumbnail(_ side: Int) -> LocalFeatureKind {
        LocalFeatureKind(identity: "thumbnail, \(side) pixels, JPEG")
    }
}
