import Catalogue
import VisualSearch

extension CatalogueVerification {
    /// What was checked and how much, and each fault in a line.
    func report(on catalogue: CatalogueLocation) -> String {
        let faults = catalogueFaults.map { "catalogue: \($0)" } + indexFaults.map { "index: \($0)" }
        return (faults + [checked, verdict(on: catalogue)]).joined(separator: "\n")
    }

    private var checked: String {
        "Checked \(photos.counted("photo")), \(embeddings.counted("embedding")) of \(models.counted("model")), "
            + "\(segments.counted("segment")) of indexes; \(byteCount.megabytes) MB."
    }

    private func verdict(on catalogue: CatalogueLocation) -> String {
        if !catalogueFaults.isEmpty {
            return
                "The catalogue \(catalogue.printable) is damaged. What cannot be mended as said above is made anew from the "
                + "photos if you delete it."
        }
        if !indexFaults.isEmpty {
            return "The catalogue \(catalogue.printable) is sound. The damaged index is dropped; the next search, or "
                + "‘lookalike index’, makes it anew."
        }
        return "The catalogue \(catalogue.printable) is sound."
    }
}
