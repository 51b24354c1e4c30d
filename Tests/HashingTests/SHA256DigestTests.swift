import Hashing
import SystemPackage
import TestSupport
import Testing

@Suite struct SHA256DigestTests {
    /// The examples of FIPS 180-4's publisher.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func equalsPublishedExamples(text: String, expected: String) {
        #expect(SHA256Digest(of: Array(text.utf8)).description == expected)
    }

    /// Test cases 1, 2 and 6 of RFC 4231.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func authenticatesAsPublishedExamplesDo(key: [UInt8], message: String, expected: String) {
        #expect(SHA256Digest(authenticating: message.utf8, with: key).description == expected)
    }

    @Test func ofAFileIsThatOfItsBytes() throws {
        let bytes = (0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let folder = TemporaryFolder()
        #expect(try SHA256Digest(ofFileAt: folder.write(bytes, to: "file")) == SHA256Digest(of: bytes))
    }

    @Test func survivesBeingWrittenInHexadecimal() {
        let digest = SHA256Digest(of: [1, 2, 3])
        #expect(SHA256Digest(hexadecimal: digest.description) == digest)
        #expect(SHA256Digest(bytes: digest.bytes) == digest)
    }

    @Test(arguments: ["", "abc", String(repeating: "g", count: 64), String(repeating: "０", count: 64)])
    func refusesWhatIsNoDigest(text: String) {
        #expect(SHA256Digest(hexadecimal: text) == nil)
    }
}
