import Catalogue

extension CatalogueCopy.Progress {
    /// What was done, for people.
    var sentence: String {
        let taken =
            "\(files.counted("file")) gone through; \(embeddings.counted("embedding")) that were not there yet taken over."
        guard unkept > 0 else { return taken }
        return "\(taken) \(unkept.counted("file")) left out: no path can be so long where the copy lies."
    }
}

extension CopyVerification {
    /// What was compared, and what came of it.
    var sentence: String {
        guard !isSound else {
            return "Verified: \(files.counted("file")) and \(embeddings.counted("embedding")) are there; "
                + "\(sampled.counted("embedding")) are the same bit for bit, and \(searches.grouped) searches found the same."
        }
        return
            "The copy is not sound: \(faults.joined(separator: ", ")). Make it again, while nobody changes either catalogue."
    }

    private var faults: [String] {
        [
            (missingFiles, "of \(files.counted("file")) are missing"),
            (missingEmbeddings, "of \(embeddings.counted("embedding")) are missing"),
            (different, "of \(sampled.counted("embedding")) that were looked at differ"),
            (otherwise, "of \(searches.grouped) searches found something else"),
        ].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
    }
}
