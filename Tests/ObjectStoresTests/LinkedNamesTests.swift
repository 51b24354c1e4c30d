import SystemPackage
import Testing

@testable import ObjectStores

@Suite struct LinkedNamesTests {
    private func names(_ page: String, in folder: FilePath = "https://host/shop/new") throws -> LinkedNames {
        LinkedNames(in: page, of: try #require(ObjectAddress(folder)))
    }

    /// As nginx, Apache and Python write them.
    @Test(arguments: [
        #"<a href="../">../</a> <a href="dress/">dress/</a>  29-Nov-2026 - <a href="a%20b.jpg">a b.jpg</a>"#,
        #"<th><a href="?C=N;O=D">Name</a></th><td><a href="/shop/">Parent Directory</a></td><a href="dress/">d</a><A HREF='a%20b.jpg'>"#,
        #"<a href="/shop/new/dress/">x</a><a class=x href = https://host/shop/new/a%20b.jpg>x</a>"#,
        #"<a href="./dress/">x</a><a href="./a b.jpg">x</a><a href='#top'>"#,
        #"<a href="/%73hop/new/dress/">x</a><a href="/shop/%6eew/a%20b.jpg">x</a>"#,
    ])
    func whatLiesInAFolder(page: String) throws {
        let names = try names(page)
        #expect(names.folders == ["dress"] && names.objects == ["a%20b.jpg"])
    }

    @Test(arguments: [
        "", "href=", #"<a href="">"#, #"<a href="/">"#, #"<a href="..">"#, #"<a href=".">"#, #"<a href="./">"#,
        #"<a href="../x.jpg">"#, #"<a href="//other/x.jpg">"#, #"<a href="https://other/shop/new/x.jpg">"#,
        #"<a href="javascript:x.jpg">"#, #"<a href="x.jpg?a=1">"#, #"<a href="a/../../x.jpg">"#,
        #"<a href="%2e%2e/">"#, #"<a href="%2e/x.jpg">"#, #"<a href="a%2F..%2Fx.jpg">"#, #"<a href="x:1.jpg">"#,
        #"<a href="/shop/newer/x.jpg">"#, #"<a href="file:///etc/x.jpg">"#, #"<a href="a//">"#,
    ])
    func nothingThatLiesElsewhere(page: String) throws {
        let names = try names(page)
        #expect(names.folders.isEmpty && names.objects.isEmpty)
    }

    @Test func colonsEndNoSchemeBehindAFolder() throws {
        #expect(try names(#"<a href="./a:b.jpg">"#).objects == ["a:b.jpg"])
    }

    @Test(arguments: [
        (#"<a href="../">"#, true), (#"<a href="/shop/">Parent Directory</a>"#, true), (#"<a href="1.jpg">"#, true),
        (#"<a href="a/">"#, true), ("", false), ("<h1>We are closed</h1>", false), (#"<a href="/login">"#, false),
        (#"<a href="https://other.example/">"#, false), (#"<a href="/">"#, false),
    ])
    func pagesThatListNothingAreToldFromPagesOfEmptyFolders(page: String, isListing: Bool) throws {
        #expect(try names(page).areOfAListing == isListing)
    }

    @Test func ampersandsAreWrittenOut() throws {
        #expect(try names(#"<a href="a&amp;b.jpg">"#).objects == ["a&b.jpg"])
    }
}
