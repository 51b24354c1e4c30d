import Catalogue
import Embedders
import Imaging
import SystemPackage
import Vectors

extension SearchEngine {
    /// Finds the look-alikes of several photos in folders that the catalogue knows.
    ///
    /// One answer for each query, in the same order; a query that cannot be read fails alone.
    public nonisolated func search(
        _ queries: [Query], in folders: [PhotoFolder], options: SearchOptions = SearchOptions()
    ) async throws -> [Result<SearchAnswer, SkipReason>] {
        try check(options)
        let (points, wide) = (
            try await embed(queries, atOnce: options.processorsAtMost), options.beforeThinning
        )
        return try await StageClock.measured(.search) {
            var answers = try await nearest(
                to: points, in: folders, options.reranking == nil ? wide : wide.ofCandidates)
            if let reranking = options.reranking {
                answers = try await rank(answers, for: queries, by: reranking, wide)
            }
            if options.isDiverse { answers = try await thinned(answers, to: options.limit) }
            return options.assesses ? try await assessed(answers, of: points) : answers
        }
    }

    /// Throws where the model, or another option, does not allow what is asked for: before anything is done for it.
    public nonisolated func check(_ options: SearchOptions) throws(SearchError) {
        if options.colour != nil, choice.views == nil { throw .seesNoColours(model: choice.name) }
        guard let reranking = options.reranking else { return }
        if reranking.needsPlaces, !choice.seesPlaces { throw .seesNoPlaces(model: choice.name) }
        if reranking.needsColours, options.colour != nil { throw .twoColours }
    }

    private nonisolated func nearest(
        to points: [Result<Gallery.Point, SkipReason>], in folders: [PhotoFolder], _ options: SearchOptions
    ) async throws -> [Result<SearchAnswer, SkipReason>] {
        var gallery: Gallery?
        var answers = try await answers(
            to: points.compactMap { try? $0.get() }, in: folders, options, keeping: &gallery)[...]
        return points.map { point in point.map { _ in answers.removeFirst() } }
    }

    /// Where a vector of the index turns out to be damaged, the index is made anew and asked again. A gallery serves as often
    /// as it is passed.
    nonisolated func answers(
        to points: [Gallery.Point], in folders: [PhotoFolder], _ options: SearchOptions, keeping gallery: inout Gallery?
    ) async throws -> [SearchAnswer] {
        await index.foldIfDue()
        let request = IndexRequest(options, views: choice.views)
        while true {
            do {
                var current =
                    if let gallery {
                        gallery
                    } else {
                        try await self.gallery(of: folders, request)
                    }
                defer { gallery = current }
                return try await answers(of: &current, to: points, request)
            } catch let damage as VectorError where damage == .damaged {
                try await index.mend(damage)
                gallery = nil
            }
        }
    }

    private nonisolated func gallery(of folders: [PhotoFolder], _ request: IndexRequest) async throws -> Gallery {
        let (filter, folders) = (request.options.filter, folders.outermost)
        let shows = try content(of: filter)
        let types = try await numbers(of: filter.types)
        let selection = filter.selection(of: folders.map(\.selected))
        let isOpen = filter.isOpen(butForTypes: types != nil)
        let isWhole = isOpen ? try await folders.hold(catalogue.roots()) : false
        let nearest = request.nearest(among: isWhole ? nil : selection, types)
        let contents = try await index.contents(for: nearest)
        return Gallery(of: selection, in: catalogue, contents, showing: shows)
    }

    private nonisolated func content(of filter: PhotoFilter) throws(SearchError) -> Gallery.Content? {
        guard let types = filter.types else { return nil }
        guard choice.recognition != nil else { throw .knowsNoTypes(model: choice.name) }
        return Gallery.Content(wanted: Set(types.map(\.number))) { try await self.types(ofContents: $0) }
    }

    private nonisolated func answers(of gallery: inout Gallery, to points: [Gallery.Point], _ request: IndexRequest)
        async throws -> [SearchAnswer]
    {
        let (answers, work) = try await gallery.answers(to: points.map(request.point), options: request.options)
        self.work.add(work.scanned, to: \.scanned)
        self.work.add(work.compared, to: \.compared)
        return answers.map(request.answer)
    }

    /// Why a query cannot be searched for, as far as its files’ beginnings tell; `nil` where nothing speaks against it.
    public nonisolated func problem(with query: Query) -> SkipReason? {
        do {
            for term in query.terms { try decoder.check(term.photo.bytes) }
            return nil
        } catch let error as ImageError {
            return .image(error)
        } catch {
            return error as? SkipReason
        }
    }
}

extension [PhotoFolder] {
    /// Whether everything in some other folders is in these, and nothing of it unwanted.
    fileprivate func hold(_ others: [FilePath]) -> Bool {
        others.allSatisfy { other in contains { folder in folder.exclusions.isEmpty && folder.contains(other) } }
    }
}
