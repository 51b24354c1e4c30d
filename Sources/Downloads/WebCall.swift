import CCurl

/// One request to a server nearby, whose answer is taken into memory.
public struct WebCall: Sendable {
    /// Nobody answered.
    public struct Unanswered: Error {
        /// What libcurl says of it.
        public let reason: String
    }

    private static let secondsToConnect = 2
    /// After so many without a byte, nobody answers.
    private static let patience = 60

    private let address: String
    private let fields: [String]
    private let body: [UInt8]

    /// By POST; `fields` are whole lines, such as `Content-Type: image/png`.
    public init(to address: String, fields: [String] = [], body: [UInt8] = []) {
        (self.address, self.fields, self.body) = (address, fields, body)
    }

    /// Blocks until all of the answer is there, however long that takes.
    public func answer() throws(Unanswered) -> (status: Int, body: [UInt8]) {
        var curl = Curl()
        curl.set(CURLOPT_URL, address)
        curl.set(CURLOPT_PROXY, "")
        curl.set(CURLOPT_CONNECTTIMEOUT, Self.secondsToConnect)
        curl.set(CURLOPT_LOW_SPEED_TIME, Self.patience)
        curl.set(CURLOPT_LOW_SPEED_LIMIT, 1)
        for field in fields + ["Expect:"] { curl.add(field: field) }
        let received = ReceivedAnswer()
        received.receive(from: curl)
        let code = curl.perform(posting: body)
        guard code == CURLE_OK else { throw Unanswered(reason: curl.reason(for: code)) }
        return (received.head.status, received.body)
    }
}
