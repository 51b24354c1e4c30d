import COpenSSL

extension SHA256Digest {
    /// What shows that a message is from somebody who has the key (HMAC-SHA-256, RFC 2104).
    public init(authenticating message: some Sequence<UInt8>, with key: [UInt8]) {
        let message = Array(message)
        var (bytes, count) = ([UInt8](repeating: 0, count: SHA256Hasher.byteCount), UInt32(0))
        // Fails only where there is no memory, as for any array.
        HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &bytes, &count)
        self.init(finished: bytes)
    }
}
