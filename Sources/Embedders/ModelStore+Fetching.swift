public import Downloads
public import SystemPackage

extension ModelStore {
    /// Fetches a model's weights and installs them, and returns where they lie; `nil` for a model without any.
    ///
    /// They come from the mirror if it has them, and otherwise from where their publisher puts them; nothing is fetched
    /// where they are installed already. One process at a time fetches a model, and others wait for it. Throws a
    /// `DownloadError` or an `EmbedderError`, or a `CancellationError` once its task is cancelled; a part of a file that
    /// came over the web is kept for the next time then.
    @discardableResult
    public func fetch(
        _ model: ModelDescription, mirror: ModelMirror? = nil, patience: Patience = Patience(),
        telling tell: @escaping @Sendable (FetchEvent) -> Void = { _ in }
    ) async throws -> FilePath? {
        guard let weights = model.weights, let path = path(of: model), !isInstalled(model) else {
            return path(of: model)
        }
        let fetch = ModelFetch(weights: weights, mirror: mirror, folder: downloads, patience: patience, tell: tell)
        try downloads.makeFolders()
        let lock = try await LockedFile.take(downloads.appending("\(model.id).lock")) { tell(.waiting) }
        do {
            if !isInstalled(model) { try await install(model, fetchedBy: fetch) }
            lock.remove()
        } catch {
            lock.remove()
            throw error
        }
        return path
    }

    /// Where files lie while they are fetched.
    private var downloads: FilePath { folder.appending("downloads") }

    private func install(_ model: ModelDescription, fetchedBy fetch: ModelFetch) async throws {
        let file = try await fetch.file()
        fetch.tell(.installing)
        _ = try install(model, from: file)
        // Not before: where the disk is full now, the file need not be fetched again.
        fetch.removeFile()
    }
}

/// What happens while a model's weights are fetched.
public enum FetchEvent: Sendable, Hashable {
    /// Another process is fetching the same model.
    case waiting
    /// A file is asked for at this address.
    case asking(WebAddress)
    /// pip is asked for this package.
    case askingPip(PythonPackage)
    /// A file is fetched over the web.
    case download(DownloadEvent)
    /// The mirror does not have the file, and its publisher is asked.
    case notOnMirror
    /// All has come, and is converted.
    case installing
}
