import CCurl

/// What takes a server's answer as it comes. Errors do not pass through libcurl: whoever has enough says so.
class CurlReceiver {
    private(set) final var head = HTTPHead()

    /// Before another answer comes.
    final func beginAnew() { head = HTTPHead() }

    /// Whether more is wanted behind these bytes of the body.
    func take(body bytes: UnsafeRawBufferPointer) -> Bool { true }

    /// Asked again and again, also while nothing comes.
    var isCancelled: Bool { false }

    fileprivate final func take(head line: String) { head.take(line) }
}

extension Curl {
    /// The receiver must outlive the transfer.
    func answer(to receiver: CurlReceiver) {
        call(head: takeHead, body: takeBody, watcher: watch, with: Unmanaged.passUnretained(receiver).toOpaque())
    }
}

private let takeHead: ccurl_receiver = { bytes, size, count, context in
    let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: size * count), as: UTF8.self)
    receiver(context).take(head: String(line.prefix { !$0.isNewline }))
    return size * count
}

private let takeBody: ccurl_receiver = { bytes, size, count, context in
    receiver(context).take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private let watch: ccurl_watcher = { context, _, _, _, _ in receiver(context).isCancelled ? 1 : 0 }

/// libcurl hands the pointer back that `answer(to:)` gave it.
private func receiver(_ context: UnsafeMutableRawPointer?) -> CurlReceiver {
    Unmanaged<CurlReceiver>.fromOpaque(context!).takeUnretainedValue()
}
