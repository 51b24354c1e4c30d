import CCurl

/// What lies at an address of the web, taken into memory.
public struct Retrieval: Sendable {
    /// How much is wanted.
    public enum Extent: Sendable, Hashable {
        /// Every byte.
        case all
        /// What its server says of it, and nothing of itself.
        case head
    }

    /// What a server answered.
    public struct Answer: Sendable {
        /// By RFC 9110: 200 where all is as it should be.
        public let status: Int
        /// Of what was asked for, or of what the server says where it refuses.
        public let bytes: [UInt8]
        private let head: HTTPHead

        init(_ received: ReceivedAnswer, wasLedOn: Bool) {
            (status, bytes, head) = (received.head.status, received.body, received.head)
            self.wasLedOn = wasLedOn
        }

        /// Whether it is from another address than the one that was asked.
        public let wasLedOn: Bool

        /// A field of the answer's head, by its name in lower case.
        public subscript(field: String) -> String? { head[field] }

        /// An entity tag that stands for the same bytes, if there is one.
        public var tag: String? { head.strongTag }

        /// How long all of it is by its head, if that says so.
        public var length: Int? { status == 206 ? head.range?.total : head.length }

        /// When it last changed, in seconds since 1970, if the server says so.
        public var modified: Int? {
            head["last-modified"].map { Int(curl_getdate($0, nil)) }.flatMap { $0 < 0 ? nil : $0 }
        }
    }

    private let address: WebAddress
    private let extent: Extent
    private let patience: Patience
    private let isOpenToNamedUsers: Bool

    /// Asks nobody yet. With `isOpenToNamedUsers`, by the name and password that `.netrc` has for the server, if any.
    public init(
        _ address: WebAddress, _ extent: Extent = .all, isOpenToNamedUsers: Bool = false,
        patience: Patience = Patience()
    ) {
        (self.address, self.extent, self.patience) = (address, extent, patience)
        self.isOpenToNamedUsers = isOpenToNamedUsers
    }

    /// Blocks until the server has answered, for good or ill, or was waited for long enough.
    ///
    /// Where the connection breaks off, the rest is asked for. Redirections are followed, but from an encrypted connection to none
    /// that is not; proxies are those of the environment. Throws `DownloadError.noConnection`, or `.tooLong` for more than `limit`
    /// bytes.
    public func answer(upTo limit: Int) throws -> Answer { try answer(upTo: limit, Cancellation()) }

    /// The same without blocking; throws a `CancellationError` once its task is cancelled.
    public func answer(upTo limit: Int) async throws -> Answer {
        try await onOneOfFewThreads { try answer(upTo: limit, $0) }
    }

    /// Asks again as long as that may help.
    private func answer(upTo limit: Int, _ cancellation: Cancellation) throws -> Answer {
        let received = ReceivedAnswer(upTo: limit, cancellation)
        var (failures, most) = (0, 0)
        while true {
            let result = attempt(received, upTo: limit)
            try cancellation.check()
            failures = received.body.count > most ? 1 : failures + 1
            most = max(most, received.body.count)
            guard result.mayPass, failures <= patience.retries else { return try result.get() }
            try cancellation.sleep(patience.pause * Double(1 << (failures - 1)))
        }
    }

    private func attempt(_ received: ReceivedAnswer, upTo limit: Int) -> Result<Answer, DownloadError> {
        var curl = request()
        let isRest = !received.body.isEmpty
        if let validator = received.validator {
            curl.set(CURLOPT_RANGE, "\(received.body.count)-")
            curl.add(field: "If-Range: \(validator)")
        }
        received.receive(from: curl)
        let code = curl.perform()
        if received.isTooLong { return .failure(.tooLong(address, limit: limit)) }
        if received.isOtherPart || (isRest && received.head.status == 416) {
            received.discard()
            return .failure(broken("its server contradicts itself", mayPass: true))
        }
        guard code == CURLE_OK else { return .failure(broken(curl.reason(for: code), mayPass: code.mayPass)) }
        received.end()
        if received.isShort { return .failure(broken("its server sends less than there is", mayPass: true)) }
        return .success(Answer(received, wasLedOn: curl.wasLedOn))
    }

    private func request() -> Curl {
        let curl = Curl(keepingConnection: true)
        curl.set(CURLOPT_URL, address.text)
        curl.set(CURLOPT_NOBODY, extent == .head ? 1 : 0)
        curl.set(CURLOPT_FOLLOWLOCATION, 1)
        curl.set(CURLOPT_MAXREDIRS, 10)
        if isOpenToNamedUsers { curl.set(CURLOPT_NETRC, Int(CURL_NETRC_OPTIONAL.rawValue)) }
        curl.set(CURLOPT_CONNECTTIMEOUT, patience.seconds)
        curl.set(CURLOPT_LOW_SPEED_TIME, patience.seconds)
        curl.set(CURLOPT_LOW_SPEED_LIMIT, patience.leastSpeed)
        if address.isEncrypted { curl.stayEncrypted() }
        return curl
    }

    private func broken(_ reason: String, mayPass: Bool) -> DownloadError {
        .noConnection(address, reason: reason, mayPass: mayPass)
    }
}

extension Result<Retrieval.Answer, DownloadError> {
    /// Whether the same may be answered better in a while.
    fileprivate var mayPass: Bool {
        switch self {
        case .success(let answer): DownloadError.busyStatuses.contains(answer.status)
        case .failure(let error): error.mayPass
        }
    }
}
