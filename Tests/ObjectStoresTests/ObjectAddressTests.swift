import SystemPackage
import Testing

@testable import ObjectStores

@Suite struct ObjectAddressTests {
    @Test(arguments: [
        ("s3://shop", "s3:/shop", "s3://shop"), ("s3://shop/", "s3:/shop", "s3://shop"),
        ("S3://shop/a b/ö.jpg", "s3:/shop/a b/ö.jpg", "s3://shop/a b/ö.jpg"),
        ("s3:/shop//a", "s3:/shop/a", "s3://shop/a"),
        ("https://host:8443/a b/c%20d", "https:/host:8443/a%20b/c%20d", "https://host:8443/a%20b/c%20d"),
        ("https://me:secret@host/a", "https:/host/a", "https://host/a"),
        ("http://host/ö?x=1", "http:/host/%C3%B6?x=1", "http://host/%C3%B6?x=1"),
    ])
    func haveAPlaceAmongPaths(text: String, path: String, written: String) throws {
        let address = try #require(ObjectAddress(FilePath(text)))
        #expect(address.path == FilePath(path) && address.description == written)
        #expect(ObjectAddress(address.path) == address && ObjectAddress(FilePath(address.description)) == address)
        #expect(address.path.isRelative)
    }

    @Test(arguments: [
        "", "/", "shop", "/s3:/shop", "s3:", "s3://", "./s3:/shop", "ftp://host/a", "https:", "shop/s3:/a",
    ])
    func pathsOfFilesAreNone(text: String) { #expect(ObjectAddress(FilePath(text)) == nil) }

    @Test func namesThatNoPathCanHaveAreRefused() throws {
        let folder = try #require(ObjectAddress("s3://shop/new"))
        #expect(folder.object(named: "new/a.jpg")?.path == "s3:/shop/new/a.jpg")
        #expect(folder.object(named: "new/..a/.b/c..jpg") != nil)
        for name in ["new//a.jpg", "/a.jpg", "new/a/", "new/./a.jpg", "new/../a.jpg", "..", "a\u{0}b.jpg"] {
            #expect(folder.object(named: name) == nil, "\(name)")
        }
    }

    @Test func aFoldersPrefixIsOfNoOther() throws {
        #expect(try #require(ObjectAddress("s3://shop/new")).prefix == "new/")
        #expect(try #require(ObjectAddress("s3://shop")).prefix == "")
    }
}
