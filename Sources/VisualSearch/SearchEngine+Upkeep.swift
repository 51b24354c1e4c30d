import Catalogue

// What keeps a catalogue and its indexes small and sound.
extension SearchEngine {
    /// Writes the index of every model anew, in one piece and without what was removed, and leaves no unused room in the
    /// catalogue. Waits for runs that are bringing the catalogue up to date.
    public nonisolated func compact() async throws {
        let lock = try await CatalogueLock.take(for: catalogue)
        defer { _ = lock }
        for stored in try await catalogue.spaces() {
            try await SpaceIndex(of: stored.space, in: catalogue).fold(.compacting)
        }
        try await catalogue.erase()
    }
}
