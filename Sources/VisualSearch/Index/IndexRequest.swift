import Catalogue
import Embedders
import Imaging
import Vectors

/// A search as an index is asked for it. Of embeddings made of views, each has its weight in the query alone, so that one index
/// serves whatever is meant; the dot product is then the mean of the views' cosines.
struct IndexRequest: Sendable {
    /// What is asked of the index.
    let options: SearchOptions
    private let metric: Metric
    private let views: ViewLayout?
    private let colour: GarmentColour?

    /// `views` are those that embeddings are made of, if they are.
    init(_ options: SearchOptions, views: ViewLayout?) {
        (self.views, metric) = (views, options.metric)
        colour = options.colour.map(GarmentColour.init)
        guard views != nil else {
            self.options = options
            return
        }
        var asked = options
        asked.metric = .dot
        if metric == .euclidean { asked.threshold = options.threshold.map(Self.cosine(ofEuclidean:)) }
        self.options = asked
    }

    /// As an index is asked for photos of a selection; `nil` for all. And for those of some types, where it knows them.
    func nearest(among selection: PhotoSelection?, _ types: Set<Int16>? = nil) -> NearestRequest {
        var request = NearestRequest(
            selection: selection, metric: options.metric, recall: options.recall, tasks: options.processorsAtMost,
            name: name, query: vector)
        request.types = types
        request.acceptsMissing = options.acceptsPartial
        return request
    }

    /// What the index compares with its vectors.
    func vector(of embedding: Embedding) -> Embedding {
        guard let views else { return embedding }
        guard let colour else { return views.query(embedding, weights: options.match.weights) }
        var weights = options.match.weights
        weights[.colours] = weights.reduce(0) { $0 + ($1.key == .colours ? 0 : $1.value) }
        return views.query(views.recoloured(embedding, as: colour), weights: weights)
    }

    func point(_ point: Gallery.Point) -> Gallery.Point {
        Gallery.Point(
            embedding: vector(of: point.embedding), contents: point.contents, isWholePhoto: point.isWholePhoto)
    }

    /// An answer on the scale that was asked for.
    func answer(_ answer: SearchAnswer) -> SearchAnswer {
        guard views != nil, metric == .euclidean else { return answer }
        var scaled = answer
        scaled.results = answer.results.map {
            $0.ranked($0.rank, similarity: Self.euclidean(ofCosine: $0.similarity))
        }
        return scaled
    }

    /// What recall was measured for, but for the share that was wanted: whichever colour is asked for first, others are as hard to
    /// find.
    private var name: String {
        guard views != nil else { return "" }
        return options.match.rawValue + (options.colour == nil ? "" : " in a colour")
    }

    /// Of two points that are one away from the middle, the similarity by their distance.
    private static func euclidean(ofCosine cosine: Float) -> Float { 1 / (1 + max(0, 2 - 2 * cosine).squareRoot()) }

    private static func cosine(ofEuclidean similarity: Float) -> Float {
        let distance = 1 / similarity - 1
        return 1 - distance * distance / 2
    }
}
