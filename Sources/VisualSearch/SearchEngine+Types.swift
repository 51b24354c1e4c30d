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
            return try await catalogue.hasTypes(of: space) == false
        }
    }

    /// Catalogues that were copied, or made by an earlier version, have none.
    nonisolated func completeTypes() async throws {
        guard let recognition = choice.recognition, try await lacksTypes else { return }
        try await catalogue.keepTypes(of: space) { recognition.type(of: $0).number }
    }

    /// What an index can select by; `nil` where types are to be told from embeddings.
    nonisolated func numbers(of types: Set<GarmentType>?) async throws -> Set<Int16>? {
        guard let types, try await catalogue.hasTypes(of: space) == true else { return nil }
        return Set(types.map(\.number))
    }
}

extension GarmentType {
    /// As catalogues keep it: its place among all.
    var number: Int16 { Self.allCases.firstIndex(of: self).map(Int16.init)! }

    init?(number: Int16) {
        guard Self.allCases.indices.contains(Int(number)) else { return nil }
        self = Self.allCases[Int(number)]
    }
}
