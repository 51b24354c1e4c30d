import Evaluation
import Imaging
import SystemPackage

extension SearchEngine {
    /// Asks with photos of the folders themselves, varied in ways in which people's photos differ: each should find the photo
    /// that it was made of, or a copy of that. Labels of the report are the names of the variations.
    ///
    /// Takes at most `limit` photos, evenly spread, each in all variations. Throws what a search throws, and a
    /// `SearchError` where the catalogue knows no photo in the folders.
    public nonisolated func evaluateSelf(
        in folders: [PhotoFolder], limit: Int, options: SearchOptions = SearchOptions(),
        progress: (Int) -> Void = { _ in }
    ) async throws -> QualityReport {
        let originals = try await Original.all(describedPhotos(in: folders))
        guard !originals.isEmpty else { throw SearchError.tooFewPhotos(0, needed: 1) }
        var (judged, failures) = ([JudgedQuery](), [(FilePath, SkipReason)]())
        for (number, place) in PhotoSample.places(limit, of: originals.count).enumerated() {
            try Task.checkCancellation()
            do {
                let queries = try variations(of: originals[place].path)
                judged += try await judge(queries, of: originals[place], in: folders, options)
            } catch let reason as SkipReason { failures.append((originals[place].path, reason)) }
            progress(number + 1)
        }
        let total = originals.reduce(0) { $0 + $1.copies.count }
        return QualityReport(queries: judged, galleryCount: total, missing: [], failures: failures)
    }

    /// Larger photos are made smaller first, as no model sees as much.
    private static let longestSide = 1024

    private nonisolated func variations(of path: FilePath) throws(SkipReason) -> [(PhotoVariation, [UInt8])] {
        let file = try PhotoFile(reading: path)
        do throws(ImageError) {
            let photo = try decoder.decode(file.bytes) { max(1, $0.longSide / Self.longestSide) }
            var files: [(PhotoVariation, [UInt8])] = []
            for variation in PhotoVariation.allCases { files.append((variation, try variation.file(of: photo))) }
            return files
        } catch {
            throw .image(error)
        }
    }

    private nonisolated func judge(
        _ queries: [(variation: PhotoVariation, file: [UInt8])], of original: Original, in folders: [PhotoFolder],
        _ options: SearchOptions
    ) async throws -> [JudgedQuery] {
        var options = options
        (options.limit, options.includesIdentical, options.assesses) = (Measure.depth, true, false)
        let answers = try await search(queries.map { .bytes($0.file) }, in: folders, options: options)
        return try zip(queries, answers).map { query, answer in
            let found = try answer.get().results.map {
                JudgedQuery.Found(
                    path: $0.path, label: nil, isRelevant: original.copies.contains($0.path), similarity: $0.similarity)
            }
            return JudgedQuery(
                photo: LabelledPhoto(path: original.path, label: query.variation.rawValue), found: found,
                judgement: Judgement(found.map(\.isRelevant), of: original.copies.count))
        }
    }
}

/// A photo that is varied, and all that have the same bytes.
private struct Original {
    let path: FilePath
    let copies: Set<FilePath>

    /// By the number of what is in each photo; in the order of their paths.
    static func all(_ described: [FilePath: Int64]) -> [Original] {
        Dictionary(grouping: described.keys, by: { described[$0] }).values.compactMap { copies in
            copies.min { $0.string < $1.string }.map { Original(path: $0, copies: Set(copies)) }
        }.sorted { $0.path.string < $1.path.string }
    }
}
