import Testing

@testable import Downloads

@Suite struct WebAddressTests {
    @Test(arguments: ["http://a.b/c", "https://a.b:1/c?d=e", "HTTPS://A.B"])
    func isOfTheWeb(text: String) {
        #expect(WebAddress(text)?.text == text)
    }

    @Test(arguments: [
        "", "a.b/c", "/a", "file:///etc/passwd", "ftp://a.b/c", "http:/a.b", "http//a.b", "https://a.b/c d",
        "https://a.b/\nc", "https://a.b/é", "javascript:alert(1)",
    ])
    func isNothingElse(text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test func leadsFromAnEncryptedConnectionToEncryptedOnesOnly() throws {
        let (plain, encrypted) = (try #require(WebAddress("http://a.b")), try #require(WebAddress("HTTPS://a.b")))
        #expect(plain.mayLead(to: encrypted) && plain.mayLead(to: plain) && encrypted.mayLead(to: encrypted))
        #expect(!encrypted.mayLead(to: plain))
    }

    @Test(arguments: [
        ("https://user:secret@a.b/c", "https://a.b/c"), ("http://user@a.b", "http://a.b"),
        ("https://a.b/c@d", "https://a.b/c@d"), ("http://u:p@ss@a.b?x=@", "http://a.b?x=@"),
    ])
    func tellsNobodyAPassword(text: String, printed: String) {
        #expect(WebAddress(text)?.description == printed)
    }

    @Test(arguments: ["http://a.b/c", "http://a.b/c/"])
    func namesAFileInAFolder(text: String) {
        #expect(WebAddress(text)?.appending("d.pth")?.text == "http://a.b/c/d.pth")
    }
}
