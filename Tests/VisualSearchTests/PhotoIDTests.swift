import Hashing
import TestSupport
import Testing

@testable import VisualSearch

@Suite struct PhotoIDTests {
    @Test func isReadAsItIsWritten() {
        let id = PhotoID(ofFile: Swatch(1).png)
        #expect(PhotoID(id.description) == id && id.description.count == 32)
        #expect(SHA256Digest(of: Swatch(1).png).description.hasPrefix(id.description))
    }

    @Test(arguments: [
        "", "0", String(repeating: "0", count: 31), String(repeating: "0", count: 33),
        String(repeating: "A", count: 32),
        String(repeating: "g", count: 32), String(repeating: "é", count: 16), "../" + String(repeating: "0", count: 29),
    ])
    func isNothingElse(text: String) { #expect(PhotoID(text) == nil) }
}
