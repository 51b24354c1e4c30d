import Foundation
import Testing

@testable import ObjectStores

@Suite struct S3PageTests {
    private func answer(_ contents: String, _ others: String = "") -> S3Page? {
        let start =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        let encoding = "<EncodingType>url</EncodingType>"
        return S3Page(Array("\(start)<Name>shop</Name>\(encoding)\(others)\(contents)</ListBucketResult>".utf8))
    }

    private let first = """
        <Contents><Key>a/%C3%B6+b%2Bc%2520d.jpg</Key><LastModified>2026-11-29T12:34:56.789Z</LastModified>
        <ETag>&quot;abc-2&quot;</ETag><Size>7</Size><Owner><ID>x</ID></Owner></Contents>
        """

    @Test func tellsOfEachObject() throws {
        let page = try #require(answer(first + "<Contents><Key>b</Key><Size>0</Size></Contents>"))
        #expect(page.entries.map(\.key) == ["a/ö b+c%20d.jpg", "b"] && page.next == nil)
        #expect(page.entries[0].version == ObjectVersion(size: 7, modified: 1_795_955_696, tag: "\"abc-2\""))
        #expect(page.entries[1].version == ObjectVersion(size: 0, modified: nil, tag: nil))
    }

    @Test func tellsWhatAsksForTheNext() {
        let mark = "<NextContinuationToken>1/x+=</NextContinuationToken>"
        #expect(answer("", "<IsTruncated>true</IsTruncated>" + mark)?.next == "1/x+=")
        #expect(answer("", "<IsTruncated>false</IsTruncated>" + mark)?.next == nil)
    }

    /// As of a store that knows the first version of lists alone.
    @Test func aPageWithoutWhatAsksForTheNextIsNone() {
        #expect(answer("", "<IsTruncated>true</IsTruncated><NextMarker>a</NextMarker>") == nil)
    }

    @Test func keysThatAreNotEncodedAreTakenAsTheyAre() {
        let text = "<ListBucketResult><Contents><Key>a+b%20 100%.jpg</Key><Size>1</Size></Contents></ListBucketResult>"
        #expect(S3Page(Array(text.utf8))?.entries.map(\.key) == ["a+b%20 100%.jpg"])
    }

    @Test func nothingInsideAnObjectIsTakenForThePages() {
        #expect(answer("<Contents><Key>a</Key><Size>1</Size><IsTruncated>true</IsTruncated></Contents>")?.next == nil)
    }

    @Test(arguments: [
        "", "<", "{}", "<html><body>Welcome</body></html>", "<ListBucketResult>", "<ListBucketResult><Contents>",
        "<Error><Code>AccessDenied</Code></Error>",
        "<ListBucketResult><Contents><Size>1</Size></Contents></ListBucketResult>",
        "<ListBucketResult><Contents><Key>a</Key><Size>x</Size></Contents></ListBucketResult>",
        "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>%FF</Key><Size>1</Size></Contents></ListBucketResult>",
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><ListBucketResult>&b;",
    ])
    func refusesWhatIsNoList(text: String) { #expect(S3Page(Array(text.utf8)) == nil) }

    @Test func noFileOfThisMachineComesIntoAList() throws {
        let text = """
            <!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><ListBucketResult><Contents><Key>&a;</Key><Size>1</Size>\
            </Contents></ListBucketResult>
            """
        #expect(S3Page(Array(text.utf8))?.entries.contains { $0.key.contains("root") } != true)
    }

    @Test func whatAServerSaysCannotMoveTheCursor() {
        let message = "a\u{9B}2Jb\u{202E}c" + String(repeating: "d", count: 1000)
        let refusal = S3Refusal(Array("<Error><Code>X</Code><Message>\(message)</Message></Error>".utf8))
        #expect(refusal?.message.hasPrefix("a2Jbcd") == true && refusal?.message.count == 200)
    }

    @Test func refusalsSayWhy() {
        let refusal = S3Refusal(Array("<Error><Code>NoSuchBucket</Code><Message>It is not.</Message></Error>".utf8))
        #expect(refusal?.code == "NoSuchBucket" && refusal?.message == "It is not.")
        #expect(S3Refusal(Array("<html/>".utf8)) == nil && S3Refusal([]) == nil)
    }
}
