/// What has come of a server's answer, in memory.
final class ReceivedAnswer: CurlReceiver {
    private(set) var body: [UInt8] = []
    /// Of the version that the body is of, as far as it has come; `nil` where the rest cannot be asked for.
    private(set) var validator: String?
    /// Whether the transfer was ended since there is more than was wanted.
    private(set) var isTooLong = false
    /// Whether it was ended since it is not the part that was asked for.
    private(set) var isOtherPart = false
    /// Whether the server has sent less than the rest.
    private(set) var isShort = false
    private var hasBegun = false
    private let limit: Int
    private let cancellation: Cancellation?

    /// Of so many bytes at most.
    init(upTo limit: Int = .max, _ cancellation: Cancellation? = nil) {
        (self.limit, self.cancellation) = (limit, cancellation)
    }

    /// Must outlive the transfer. What a former one has brought is kept where this one brings what comes behind it.
    func receive(from curl: borrowing Curl) {
        beginAnew()
        (hasBegun, isTooLong, isOtherPart, isShort) = (false, false, false, false)
        curl.answer(to: self)
    }

    func discard() { (body, validator) = ([], nil) }

    override func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        if !hasBegun { begin() }
        guard !isOtherPart else { return false }
        isTooLong = isTooLong || body.count + bytes.count > limit
        if !isTooLong { body += bytes }
        return !isTooLong
    }

    private func begin() {
        hasBegun = true
        if head.status == 206 {
            isOtherPart = head.range?.start != body.count
        } else {
            discard()
            validator = head.status == 200 ? head.validator : nil
        }
        let (length, isHuge) = body.count.addingReportingOverflow(head.length ?? 0)
        if isHuge || length > limit { isTooLong = true } else { body.reserveCapacity(length) }
    }

    /// To be called behind a transfer without errors: one may have brought nothing, or less than the rest.
    func end() {
        if !hasBegun, head.status != 206 { discard() }
        isShort = head.status == 206 && head.range?.total.map { $0 != body.count } ?? false
    }

    override var isCancelled: Bool { cancellation?.isRequested == true }
}
