import Hashing
import SystemPackage

/// A download under way, on a thread that it may block.
struct DownloadRun {
    private static let redirectLimit = 10

    let download: Download
    let cancellation: Cancellation
    let tell: (DownloadEvent) -> Void

    func run() throws {
        let part = try PartialFile.take(for: download.target, cancellation) { tell(.waiting) }
        // Whoever was waited for has fetched it.
        if download.expected.isAt(download.target) { return }
        try fetch(into: part)
        try check(part)
        try part.finish()
    }

    /// Asks again as long as that brings the download on.
    private func fetch(into part: PartialFile) throws {
        var (failures, most) = (0, part.size)
        while true {
            do {
                return try follow(into: part)
            } catch let error as DownloadError where error.mayPass {
                failures = part.size > most ? 1 : failures + 1
                most = max(most, part.size)
                guard failures <= download.patience.retries else { throw error }
                let pause = download.patience.pause * Double(1 << (failures - 1))
                tell(.retrying(error, pause: pause))
                try cancellation.sleep(pause)
            }
        }
    }

    /// libcurl could follow by itself, but would leave an encrypted connection for another.
    private func follow(into part: PartialFile) throws {
        var address = download.address
        for _ in 0...Self.redirectLimit {
            let transfer = Transfer(of: download, from: address, into: part, cancellation, telling: tell)
            guard case .elsewhere(let next) = try transfer.run() else { return }
            address = next
        }
        throw DownloadError.astray(download.address, to: "ever other addresses, the last of them \(address)")
    }

    private func check(_ part: PartialFile) throws {
        guard download.expected.sizes.contains(part.size) else {
            part.discard()
            throw DownloadError.wrongLength(download.address, found: part.size, expected: download.expected.sizes)
        }
        let digest = try SHA256Digest(ofFileAt: part.path)
        guard download.expected.isMet(by: digest) else {
            part.discard()
            throw DownloadError.wrongFile(download.address, found: digest, expected: download.expected.digest)
        }
    }
}
