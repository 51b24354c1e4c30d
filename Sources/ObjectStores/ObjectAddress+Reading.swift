import Downloads

extension ObjectAddress {
    /// The contents of this object, and which they are. Blocks until they are here, or the store was waited for long enough.
    ///
    /// Throws an `ObjectStoreError`; for one of more than `limit` bytes, `.tooLong`.
    public func contents(upTo limit: Int) throws -> (bytes: [UInt8], version: ObjectVersion) {
        contents(of: try answer(to: try request, upTo: limit))
    }

    /// The same without blocking; throws a `CancellationError` once its task is cancelled.
    public func contents(upTo limit: Int) async throws -> (bytes: [UInt8], version: ObjectVersion) {
        contents(of: try await answer(to: try request, upTo: limit))
    }

    private var request: Retrieval {
        get throws(ObjectStoreError) { try store.retrieval(of: self) }
    }

    private func contents(of answer: Retrieval.Answer) -> (bytes: [UInt8], version: ObjectVersion) {
        (answer.bytes, ObjectVersion(answer))
    }

    private func answer(to request: Retrieval, upTo limit: Int) throws -> Retrieval.Answer {
        do { return try granted(try request.answer(upTo: limit)) } catch let error as DownloadError {
            throw ObjectStoreError(error, of: self)
        }
    }

    /// Another answer than the one that was asked for, and none, is an error.
    func answer(to request: Retrieval, upTo limit: Int) async throws -> Retrieval.Answer {
        do { return try granted(try await request.answer(upTo: limit)) } catch let error as DownloadError {
            throw ObjectStoreError(error, of: self)
        }
    }

    private func granted(_ answer: Retrieval.Answer) throws(ObjectStoreError) -> Retrieval.Answer {
        guard answer.status == 200 || answer.status == 206 else { throw ObjectStoreError(answer, of: self) }
        // A server that wants to know who asks may answer with a page, as if nothing were wrong.
        guard scheme == "s3" || !answer.isPage else {
            throw ObjectStoreError(self, .refused(status: answer.status, ", and a page"))
        }
        return answer
    }

    /// A page that a server has at this very address.
    func page(from retrieval: Retrieval, _ limit: Int) async throws -> [UInt8] {
        let answer: Retrieval.Answer
        do { answer = try await retrieval.answer(upTo: limit) } catch let error as DownloadError {
            throw ObjectStoreError(error, of: self)
        }
        guard answer.status == 200 else { throw ObjectStoreError(answer, of: self) }
        guard !answer.wasLedOn else { throw ObjectStoreError(self, .unlistable("its server leads elsewhere")) }
        return answer.bytes
    }
}

extension ObjectVersion {
    /// Where the server does not say how long it is, neither do lists: 0 stands for that.
    init(_ answer: Retrieval.Answer) {
        self.init(size: answer.length ?? 0, modified: answer.modified, tag: answer.tag)
    }
}

extension Retrieval.Answer {
    fileprivate var isPage: Bool { self["content-type"]?.lowercased().hasPrefix("text/html") == true }
}
