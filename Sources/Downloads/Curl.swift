import CCurl
import Synchronization

/// libcurl's handle of one transfer.
struct Curl: ~Copyable {
    private static let isReady = ccurl_begin()
    /// Handles whose connections are open, for whoever asks the same servers next.
    private static let idle = Mutex<[IdleHandle]>([])
    private static let idleLimit = 64

    private let handle: UnsafeMutableRawPointer
    private let isKept: Bool
    private let reasonText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var fields: UnsafeMutablePointer<curl_slist>?

    /// With `keepingConnection`, the connection stays open behind the transfer, for others.
    init(keepingConnection keepsConnection: Bool = false) {
        let known = keepsConnection ? Self.idle.withLock { $0.popLast() } : nil
        // No caller could go on: there is no memory for a handle.
        guard Self.isReady, let handle = known?.handle ?? curl_easy_init() else {
            fatalError("libcurl cannot begin: out of memory")
        }
        (self.handle, isKept) = (handle, keepsConnection)
        reasonText.pointee = 0
        ccurl_set_reason(handle, reasonText)
        ccurl_allow_web_only(handle)
        // Signals are the program's, and any thread may resolve names.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_USERAGENT, "lookalike")
    }

    deinit {
        if !isKept || !keep() { curl_easy_cleanup(handle) }
        curl_slist_free_all(fields)
        reasonText.deallocate()
    }

    /// Whether there is room for it.
    private func keep() -> Bool {
        curl_easy_reset(handle)
        let handle = IdleHandle(handle: handle)
        return Self.idle.withLock { idle in
            guard idle.count < Self.idleLimit else { return false }
            idle.append(handle)
            return true
        }
    }

    func set(_ option: CURLoption, _ number: Int) { ccurl_set_number(handle, option, number) }

    func set(_ option: CURLoption, _ text: String) { ccurl_set_text(handle, option, text) }

    /// Where the answer leads on, too.
    func stayEncrypted() { ccurl_stay_encrypted(handle) }

    mutating func add(field: String) {
        fields = curl_slist_append(fields, field)
        ccurl_set_fields(handle, fields)
    }

    func call(head: ccurl_receiver, body: ccurl_receiver, watcher: ccurl_watcher, with context: UnsafeMutableRawPointer)
    {
        ccurl_set_callbacks(handle, head, body, watcher, context)
    }

    func perform() -> CURLcode { curl_easy_perform(handle) }

    /// Sends a body with the request.
    func perform(posting body: [UInt8]) -> CURLcode {
        body.withUnsafeBytes { bytes in
            ccurl_set_body(handle, bytes.baseAddress, bytes.count)
            return perform()
        }
    }

    /// Why a transfer failed.
    func reason(for code: CURLcode) -> String {
        reasonText.pointee != 0 ? String(cString: reasonText) : String(cString: curl_easy_strerror(code))
    }

    /// Whether the answer is from elsewhere than where it was asked for.
    var wasLedOn: Bool { ccurl_redirect_count(handle) > 0 }

    /// Where the answer leads.
    var redirect: String? { ccurl_redirect(handle).map { String(cString: $0) } }
}

/// A handle that nobody uses.
// Whoever takes it out of the list has it alone.
private struct IdleHandle: @unchecked Sendable {
    let handle: UnsafeMutableRawPointer
}

extension CURLcode {
    /// Whether it tells of a network that may be better in a while, and not of a request that is wrong.
    var mayPass: Bool {
        [
            CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_PARTIAL_FILE,
            CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR,
            CURLE_HTTP2, CURLE_HTTP2_STREAM,
        ].contains(self)
    }
}
