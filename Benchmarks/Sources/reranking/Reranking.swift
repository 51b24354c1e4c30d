// How fast photos are ranked by what is in their places, and whether what is nearly the earth mover's distance ranks as the
// distance does: `reranking PHOTOS QUERIES`. It describes all photos of a folder with the standard model, takes so many of
// them as queries, and ranks for each the hundred others that are nearest by the model's look. All on one thread.

import Embedders
import Foundation
import Imaging
import Ranking
import Vectors
import VisualSearch

@main
struct RerankingBenchmark {
    private static let candidates = 100
    private static let top = 10

    static func main() throws {
        let words = CommandLine.arguments.dropFirst()
        guard words.count == 2, let queries = Int(words[2]) else { return print("reranking PHOTOS QUERIES") }
        let photos = try described(photos(in: words[1]))
        let asking = Array(stride(from: 0, to: photos.count, by: max(1, photos.count / queries)).prefix(queries))
        print("\(asking.count) queries of \(photos.count) photos, \(candidates) candidates each, one thread")
        let rounds = asking.map { query in (photos[query], candidates(for: query, among: photos)) }
        report(rounds)
    }

    private struct Photo {
        let look: [Float]
        let patches: PatchVectors
    }

    private static func photos(in folder: String) -> [URL] {
        let files = FileManager.default.enumerator(at: URL(fileURLWithPath: folder), includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "jpg" }.sorted {
            $0.path < $1.path
        }
    }

    private static func described(_ files: [URL]) throws -> [Photo] {
        let choice = try ModelChoice()
        guard let looks = choice.views?.range(of: .look),
            let embedder = try Installation.standard.embedder(for: choice) as? ViewsEmbedder
        else { preconditionFailure("the standard model has no views") }
        let decoder = ImageDecoder()
        return try files.compactMap { file in
            let bytes = try [UInt8](Data(contentsOf: file))
            guard let photo = try? decoder.decode(bytes, framedFor: embedder.inputs) else { return nil }
            let (embedding, patches) = try embedder.describe([photo])[0]
            guard let patches else { return nil }
            return Photo(
                look: Array(embedding.values[looks]),
                patches: PatchVectors(patches.numbers, dimension: PatchGrid.dimension))
        }
    }

    private static func candidates(for query: Int, among photos: [Photo]) -> [Photo] {
        let similarities = photos.map { $0.look.product(with: photos[query].look) }
        let order = photos.indices.filter { $0 != query }.sorted { similarities[$0] > similarities[$1] }
        return order.prefix(candidates).map { photos[$0] }
    }

    private static func report(_ rounds: [(query: Photo, candidates: [Photo])]) {
        let exact = ranked(rounds, "exact earth mover's distance") { PatchMatching($0, $1).similarity }
        let near = ranked(rounds, "nearly the distance") { $0.transportSimilarity(to: $1) }
        _ = ranked(rounds, "most similar places") { $0.maximumSimilarity(to: $1) }
        let agreements = zip(exact, near).map { Double(Set($0).intersection($1).count) / Double(top) }
        print(
            "of the top \(top), \(agreements.reduce(0, +) / Double(agreements.count)) are the same in both, at worst \(agreements.min() ?? 0)"
        )
        let firsts = zip(exact, near).filter { $0.0[0] == $0.1[0] }.count
        print("the first is the same in \(firsts) of \(exact.count)")
    }

    /// The places of the first among the candidates of each query.
    private static func ranked(
        _ rounds: [(query: Photo, candidates: [Photo])], _ name: String,
        by similarity: (PatchVectors, PatchVectors) -> Double
    ) -> [[Int]] {
        let start = clock()
        let tops = rounds.map { query, candidates in
            let similarities = candidates.map { similarity(query.patches, $0.patches) }
            return Array(similarities.indices.sorted { similarities[$0] > similarities[$1] }.prefix(top))
        }
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        print("\(name): \(seconds / Double(rounds.count) * 1000) ms of processor time a query")
        return tops
    }
}
