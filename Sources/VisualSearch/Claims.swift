import Hashing

/// The contents that some task of a run has taken on, so that copies are decoded and embedded once.
actor Claims {
    enum Claim {
        /// Nobody has these contents: the caller does from now on, and must settle what they are.
        case unclaimed
        case sound
        case faulty(SkipReason)
    }

    private var settled: [SHA256Digest: Claim] = [:]
    private var waiting: [SHA256Digest: [CheckedContinuation<Claim, Never>]] = [:]

    /// Claims contents, or waits for what the task that was quicker finds.
    ///
    /// A task settles each of its claims before it makes the next, so two never wait for each other.
    func claim(_ digest: SHA256Digest) async -> Claim {
        if let claim = settled[digest] { return claim }
        guard waiting[digest] != nil else {
            waiting[digest] = []
            return .unclaimed
        }
        return await withCheckedContinuation { waiting[digest]?.append($0) }
    }

    func settle(_ digest: SHA256Digest, as claim: Claim) {
        settled[digest] = claim
        for task in waiting.removeValue(forKey: digest) ?? [] { task.resume(returning: claim) }
    }

    /// Contents that were settled, and of which nothing was recorded: whoever comes next finds out anew what they are.
    func forget(_ digests: [SHA256Digest]) {
        for digest in digests { settled[digest] = nil }
    }
}
