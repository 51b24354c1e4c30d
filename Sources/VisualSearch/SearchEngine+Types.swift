import Catalogue
import Embedders
import Vectors

// What photos show, as catalogues keep it that select by it.
extension SearchEngine {
    /// `nil` where the model tells no types.
    nonisolated func typeNumber(of embedding: Embedding) -> Int16? {
        choice.recognition?.type(of: embedding).number
    }

    /// Of contents by their numbers, as the catalogue keeps them, or by their embeddings; none where the model tells no types.
    nonisolated func types(ofContents contents: [Int64]) async throws -> [Int64: Int16] {
        guard choice.recognition != nil else { return [:] }
        let kept = try await catalogue.types(ofContents: contents, space: space)
        let others = contents.filter { kept[$0] == nil }
        guard !others.isEmpty else { return kept }
        let embeddings = try await catalogue.embeddings(ofContents: others, space: space)
        return kept.merging(embeddings.compactMapValues(typeNumber)) { own, _ in own }
    }

    /// Whether types are missing that searches would be quicker with.
    nonisolated var lacksTypes: Bool {
        get async throws {
            guard choice.recognition != nil else { return false }
            return try await catalogue.typeCoverage(of: space) == .incomplete
        }
    }

    /// Catalogues that were copied, or made by an earlier version, have none.
    nonisolated func completeTypes() async throws {
        guard let recognition = choice.recognition, try await lacksTypes else { return }
        try await catalogue.keepTypes(of: space) { recognition.type(of: $0).number }
    }

    /// What an index can select by; `nil` where types are to be told from embeddings.
    nonisolated func numbers(of types: Set<GarmentType>?) async throws -> Set<Int16>? {
        guard let types, try await catalogue.typeCoverage(of: space) == .complete else { return nil }
        return Set(types.map(\.number))
    }
}

extension GarmentType {
    /// As catalogues keep it.
    var number: Int16 {
        switch self {
        case .dress: 0
        case .hat: 1
        case .longsleeve: 2
        case .outwear: 3
        case .pants: 4
        case .shirt: 5
        case .shoes: 6
        case .shorts: 7
        case .skirt: 8
        case .tShirt: 9
        }
    }

    init?(number: Int16) {
        guard let type = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = type
    }
}
