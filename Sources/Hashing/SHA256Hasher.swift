import COpenSSL

/// Computes a digest piece by piece, for what is too long to hold at once.
///
/// OpenSSL is used for its speed: it has the processors' own SHA instructions.
struct SHA256Hasher: ~Copyable {
    static let byteCount = 32
    private let context: OpaquePointer

    init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            // No caller could go on: without digests no file is known from another.
            fatalError("OpenSSL cannot begin a SHA-256: out of memory, or a build of it without this algorithm")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    consuming func finalize() -> SHA256Digest {
        var bytes = [UInt8](repeating: 0, count: Self.byteCount)
        EVP_DigestFinal_ex(context, &bytes, nil)
        return SHA256Digest(finished: bytes)
    }
}
