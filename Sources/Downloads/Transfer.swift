import CCurl

/// One request for a file, or for the rest of it, and what the server sends.
final class Transfer: CurlReceiver {
    enum End {
        case complete
        case elsewhere(WebAddress)
    }

    private let download: Download
    private let address: WebAddress
    private let part: PartialFile
    private let cancellation: Cancellation
    private let tell: (DownloadEvent) -> Void
    private var hasBegun = false
    private var error: DownloadError?

    /// `address` is the download's, or where that has led.
    init(
        of download: Download, from address: WebAddress, into part: PartialFile, _ cancellation: Cancellation,
        telling tell: @escaping (DownloadEvent) -> Void
    ) {
        (self.download, self.address, self.part) = (download, address, part)
        (self.cancellation, self.tell) = (cancellation, tell)
    }

    /// Blocks until the server has sent all, has sent nothing for too long, or the download is cancelled.
    func run() throws -> End {
        let curl = request()
        let code = curl.perform()
        try cancellation.check()
        if let error { throw error }
        switch head.status {
        case 0, 200, 206:
            guard code == CURLE_OK else { throw broken(curl.reason(for: code), mayPass: code.mayPass) }
            return .complete
        case 301, 302, 303, 307, 308: return .elsewhere(try next(curl.redirect))
        case 416 where part.size > 0: return try settleRange()
        case let status: throw DownloadError.refused(address, status: status)
        }
    }

    private func request() -> Curl {
        var curl = Curl()
        curl.set(CURLOPT_URL, address.text)
        curl.set(CURLOPT_CONNECTTIMEOUT, download.patience.seconds)
        curl.set(CURLOPT_LOW_SPEED_TIME, download.patience.seconds)
        curl.set(CURLOPT_LOW_SPEED_LIMIT, download.patience.leastSpeed)
        if let validator = part.validator(of: download.address) {
            curl.set(CURLOPT_RANGE, "\(part.size)-")
            curl.add(field: "If-Range: \(validator)")
        }
        curl.answer(to: self)
        return curl
    }

    /// What comes with a refusal or a redirection is of no use, and nobody knows how long it is.
    override func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        [200, 206].contains(head.status)
            && keepingError { () throws(DownloadError) in
                if !hasBegun { try begin() }
                try check(size: part.size + bytes.count, limit: download.expected.sizes.upperBound)
                try part.append(bytes)
                tell(.received(part.size))
            }
    }

    override var isCancelled: Bool { cancellation.isRequested }

    /// Before the first byte of the body: which part of the file it is, and whether it can be the right file.
    private func begin() throws(DownloadError) {
        if head.status == 206 {
            guard let range = head.range, range.start == part.size else { try restart("it sends another part") }
            if let total = range.total { try check(size: total, limit: 0) }
        } else {
            if let length = head.length { try check(size: length, limit: 0) }
            try part.restart(from: download.address, validator: head.validator)
        }
        hasBegun = true
    }

    /// A size up to the limit is in order whatever is expected.
    private func check(size: Int, limit: Int) throws(DownloadError) {
        guard size <= limit || download.expected.sizes.contains(size) else {
            throw .wrongLength(address, found: size, expected: download.expected.sizes)
        }
    }

    /// Nothing follows what has come: that is all, or it was of a longer file.
    private func settleRange() throws(DownloadError) -> End {
        guard head.range?.total == part.size else { try restart("it has less of the file than was fetched before") }
        return .complete
    }

    private func restart(_ reason: String) throws(DownloadError) -> Never {
        try part.restart(from: download.address, validator: nil)
        throw broken("its server contradicts itself: \(reason)", mayPass: true)
    }

    private func broken(_ reason: String, mayPass: Bool) -> DownloadError {
        .noConnection(address, reason: reason, mayPass: mayPass)
    }

    private func next(_ text: String?) throws(DownloadError) -> WebAddress {
        guard let next = text.flatMap(WebAddress.init), address.mayLead(to: next) else {
            throw .astray(address, to: text ?? "nowhere")
        }
        return next
    }

    /// Errors do not pass through libcurl, which ends the transfer for `false`.
    private func keepingError(_ work: () throws(DownloadError) -> Void) -> Bool {
        do {
            try work()
            return true
        } catch {
            self.error = error
            return false
        }
    }
}
