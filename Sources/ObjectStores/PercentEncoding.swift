/// Which bytes of a name stay as they are where it is percent-encoded (RFC 3986).
enum PercentEncoding {
    private static let unreserved = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    /// What is signed: nothing but what never has another meaning.
    static let ofSigned = unreserved
    /// The same where slashes part a name.
    static let ofSignedPaths = unreserved.union("/".utf8)
    /// What is encoded already stays so.
    static let ofWebAddresses = unreserved.union("/%!$&'()*+,;=:@?".utf8)
}

extension String {
    func percentEncoded(keeping kept: Set<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = utf8.flatMap { byte in
            kept.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
