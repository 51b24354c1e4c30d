import Embedders
import Imaging
import Ranking
import Vectors

extension SearchEngine {
    /// Compares two photos and tells what makes them alike: by views as `match` weighs them, and by so
    /// many matches of their parts at most, none of them next to another.
    ///
    /// Throws a `SkipReason` where one cannot be read, and a `SearchError` where photos are not described by views.
    public nonisolated func explain(
        _ left: QueryTerm.Photo, _ right: QueryTerm.Photo, match: Match = .balanced, matches limit: Int = 8
    ) async throws -> Explanation {
        guard let views = choice.views else { throw SearchError.seesNoViews(model: choice.name) }
        let photos = [try await look(at: left), try await look(at: right)]
        let described = try await describe(photos.map(\.framed))
        let embeddings = described.map(\.embedding)
        let parts = views.parts(of: embeddings[0], embeddings[1], weights: match.weights)
        return Explanation(
            similarity: parts.reduce(0) { $0 + $1.contribution }, parts: parts,
            sureness: choice.recognition?.sameType(embeddings[0], embeddings[1]),
            types: choice.recognition.map { recognition in embeddings.map(recognition.type) },
            matches: matches(of: described.compactMap(\.patches), sizes: photos.map(\.size), limit: limit))
    }

    private nonisolated func look(at photo: QueryTerm.Photo) async throws -> (framed: FramedPhoto, size: ImageSize) {
        let term = QueryTerm(photo)
        let (bytes, decoder) = (try await term.contents.bytes(), decoder(of: term))
        do {
            let framed = try await look(at: bytes, decoding: decoder).framed
            return (framed, try await decoder.decode(bytes, .forInputs(choice.inputs)).size)
        } catch let error as ImageError {
            throw SkipReason.image(error)
        }
    }

    /// None where there are no two grids, or their places are those of garments that are cut out.
    private nonisolated func matches(of grids: [PatchGrid], sizes: [ImageSize], limit: Int) -> [Explanation.Match] {
        guard grids.count == 2, choice.cutOut == .never else { return [] }
        let found = PatchMatching(grids[0].vectors, grids[1].vectors).matches.apart(on: grids[0].side)
        return found.prefix(limit).map { match in
            Explanation.Match(
                left: choice.input.share(of: match.left, amongEach: grids[0].side, of: sizes[0]),
                right: choice.input.share(of: match.right, amongEach: grids[1].side, of: sizes[1]),
                similarity: match.similarity)
        }
    }
}

extension [PatchMatching.Match] {
    /// Without those whose places are neighbours of stronger ones': they show the same once more.
    fileprivate func apart(on side: Int) -> [PatchMatching.Match] {
        func areNeighbours(_ one: Int, _ other: Int) -> Bool {
            abs(one % side - other % side) <= 1 && abs(one / side - other / side) <= 1
        }
        return reduce(into: []) { kept, match in
            let isTold = kept.contains { areNeighbours($0.left, match.left) || areNeighbours($0.right, match.right) }
            if !isTold { kept.append(match) }
        }
    }
}

extension ViewLayout {
    fileprivate func parts(of left: Embedding, _ right: Embedding, weights: [View: Double]) -> [Explanation.Part] {
        let present = parts.filter { weights[$0.view] ?? 0 > 0 }
        let total = present.reduce(0) { $0 + (weights[$1.view] ?? 0) }
        return present.compactMap { part in
            guard let range = range(of: part.view), let weight = weights[part.view] else { return nil }
            let cosine = Double(left.values[range].product(with: right.values[range]))
            return Explanation.Part(view: part.view, weight: weight / total, cosine: cosine)
        }
    }
}
