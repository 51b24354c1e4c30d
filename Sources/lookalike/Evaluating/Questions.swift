import VisualSearch

/// What an engine is asked to find out how good it is.
enum Questions {
    case labels(EvaluationProtocol)
    /// Varied copies of so many photos.
    case itself(limit: Int)

    func answers(
        of engine: SearchEngine, in folders: [PhotoFolder], options: SearchOptions
    ) async throws -> QualityReport {
        var bar = ProgressBar("Asking", counting: .photos)
        defer { bar.clear() }
        switch self {
        case .labels(let questions):
            return try await engine.evaluate(questions, in: folders, options: options) {
                bar.show($0, of: questions.queries.count)
            }
        case .itself(let limit):
            return try await engine.evaluateSelf(in: folders, limit: limit, options: options) {
                bar.show($0, of: limit)
            }
        }
    }
}
