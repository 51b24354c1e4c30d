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
        get throws(ObjectStoreError) { Retrieval(try store { _ in true }.location(of: self)) }
    }

    private func contents(of answer: Retrieval.Answer) -> (bytes: [UInt8], version: ObjectVersion) {
        (answer.bytes, ObjectVersion(answer, size: answer.bytes.count))
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
        return answer
    }
}

extension ObjectVersion {
    init(_ answer: Retrieval.Answer, size: Int) {
        self.init(size: size, modified: answer.modified, tag: answer.tag)
    }
}
