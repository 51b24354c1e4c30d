import CXxhash

/// XXH3-64 of bytes that come piece by piece (xxHash, seed 0): as fast as memory is read. It finds accidents, not malice.
package struct Checksum: ~Copyable {
    private let state: OpaquePointer

    init() {
        // No caller could go on: half a kilobyte is not to be had.
        guard let state = XXH3_createState() else { fatalError("no memory for a checksum") }
        self.state = state
        XXH3_64bits_reset(state)
    }

    deinit { XXH3_freeState(state) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        cxxhash_update(state, bytes.baseAddress, bytes.count)
    }

    /// Of what has come since the last time.
    mutating func finish() -> UInt64 {
        defer { XXH3_64bits_reset(state) }
        return XXH3_64bits_digest(state)
    }

    package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        cxxhash_checksum(bytes.baseAddress, bytes.count)
    }
}
