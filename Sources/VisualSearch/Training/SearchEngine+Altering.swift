import Embedders
import Imaging
import SystemPackage
import Vectors

// What nobody labelled tells this much: a photo that is altered shows what it showed, and so do photos that are nearly the same.
extension SearchEngine {
    /// So many photos are altered at most, evenly spread, each so often.
    private static let (alteredCount, alteredEach) = (2000, 2)

    /// All photos of some folders, each with a label of its own, or one that those have in common that are nearly the same; and behind
    /// them what some become when they are altered.
    nonisolated func alteredPhotos(in folders: [PhotoFolder], seed: UInt64) async throws -> LabelledPhotos {
        let groups = try await duplicates(in: folders).filter { !$0.isOfCopies }
        let first = Dictionary(
            groups.flatMap { group in group.contents.joined().map { ($0, group.contents[0][0]) } }
        ) { $1 }
        var photos = try await LabelledPhotos(in: folders, of: self) { (first[$0] ?? $0).string }
        var random = LinearCongruence(seed: seed)
        let chosen = PhotoSample.places(Self.alteredCount, of: photos.rows.count).map { photos.rows[$0] }
        let altered = chosen.flatMap { row in
            (0..<Self.alteredEach).map { _ in
                LabelledPhotos.Row(
                    path: row.path, content: row.content, label: row.label, alteration: Alteration(using: &random))
            }
        }
        let embedded = try await altered.inBatches(atOnce: processors) { try await self.embed(altered: $0) }
        for (row, embedding) in embedded { photos.add(row, embedding) }
        return photos
    }

    /// Without those that cannot be read any more.
    private nonisolated func embed(altered rows: [LabelledPhotos.Row]) async throws -> [(
        row: LabelledPhotos.Row, embedding: Embedding
    )] {
        try Task.checkCancellation()
        var seen: [(row: LabelledPhotos.Row, framed: FramedPhoto)] = []
        for row in rows {
            guard let bytes = altered(row), let photo = try? await look(at: bytes) else { continue }
            seen.append((row, photo.framed))
        }
        guard !seen.isEmpty else { return [] }
        return zip(seen, try await embed(seen.map(\.framed))).map { ($0.row, $1) }
    }

    /// As a file, such as somebody could have made.
    private nonisolated func altered(_ row: LabelledPhotos.Row) -> [UInt8]? {
        let largest = choice.inputs.max { $0.side < $1.side } ?? choice.input
        guard let file = try? PhotoFile(reading: row.path),
            let photo = try? decoder.decode(file.bytes, reducedBy: { Alteration.reduction(of: $0, for: largest) / 2 })
        else { return nil }
        return try? ImageEncoder(format: .jpeg, quality: 90).encode(row.alteration?.picture(of: photo) ?? photo)
    }
}
