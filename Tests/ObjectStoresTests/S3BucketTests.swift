import SystemPackage
import TestSupport
import Testing

@testable import ObjectStores

@Suite struct S3BucketTests {
    private func bucket(_ server: LoopbackServer, _ variables: [String: String] = [:]) throws -> S3Bucket {
        let environment = ["AWS_ENDPOINT_URL": server.address, "HOME": "/nowhere"].merging(variables) { $1 }
        return S3Bucket("shop", settings: try S3Settings(environment: environment))
    }

    private static func page(_ keys: [String], next: String? = nil) -> WebAnswer {
        let contents = keys.map { "<Contents><Key>\($0)</Key><Size>1</Size><ETag>&quot;\($0)&quot;</ETag></Contents>" }
        let mark = next.map { "<IsTruncated>true</IsTruncated><NextContinuationToken>\($0)</NextContinuationToken>" }
        let text =
            "<ListBucketResult><EncodingType>url</EncodingType>\(mark ?? "")\(contents.joined())</ListBucketResult>"
        return WebAnswer(200, ["Content-Length": "\(text.utf8.count)"], Array(text.utf8))
    }

    @Test func asksForPageAfterPage() async throws {
        let server = LoopbackServer { request in
            if request.target.contains("continuation-token=two") { return Self.page(["new/c.jpg"]) }
            if request.target.contains("continuation-token=one") { return Self.page(["new/b.jpg"], next: "two") }
            return Self.page(["new/", "new/a.jpg", "new//x.jpg", "new/dir/"], next: "one")
        }
        let folder = try #require(ObjectAddress("s3://shop/new"))
        let listing = try await bucket(server).objects(.all, in: folder)
        #expect(listing.objects.map(\.address.description) == ["a", "b", "c"].map { "s3://shop/new/\($0).jpg" })
        #expect(listing.objects.map(\.version.tag) == ["\"new/a.jpg\"", "\"new/b.jpg\"", "\"new/c.jpg\""])
        #expect(listing.unnameable == ["s3:/shop/new/x.jpg"])
        #expect(server.requests.count == 3)
        #expect(server.requests.allSatisfy { $0.target.hasPrefix("/shop?") && $0.target.contains("prefix=new%2F") })
    }

    @Test func aFolderIsThereByWhatIsInItAlone() async throws {
        let server = LoopbackServer { _ in Self.page([]) }
        let folder = try #require(ObjectAddress("s3://shop/new"))
        let error = await #expect(throws: ObjectStoreError.self) { try await bucket(server).objects(.all, in: folder) }
        #expect(error?.kind == .absent)
        let all = try #require(ObjectAddress("s3://shop"))
        #expect(try await bucket(server).objects(.all, in: all).objects.isEmpty)
    }

    @Test func aStoreThatNeverComesToAnEndIsNotAskedForEver() async throws {
        let server = LoopbackServer { _ in Self.page(["a.jpg"], next: "again") }
        let folder = try #require(ObjectAddress("s3://shop"))
        let error = await #expect(throws: ObjectStoreError.self) { try await bucket(server).objects(.all, in: folder) }
        #expect(error?.kind == .unlistable("its server does not answer as S3 does"))
    }

    @Test(arguments: [
        (404, "NoSuchBucket", [:], "s3://shop/new is not there"),
        (
            403, "AccessDenied", [:],
            "s3://shop/new may not be read (AccessDenied: No.): check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
        ),
        (
            400, "AuthorizationQueryParametersError", ["x-amz-bucket-region": "eu-west-1"],
            "s3://shop/new lies in the region eu-west-1: set AWS_REGION=eu-west-1"
        ),
        (
            418, "Teapot", [:], "s3://shop/new cannot be read: its server answers with status 418 (Teapot: No.)"
        ),
    ])
    func refusalsAreSentences(status: Int, code: String, fields: [String: String], sentence: String) async throws {
        let text = "<Error><Code>\(code)</Code><Message>No.</Message></Error>"
        let server = LoopbackServer { _ in
            WebAnswer(status, fields.merging(["Content-Length": "\(text.utf8.count)"]) { $1 }, Array(text.utf8))
        }
        let folder = try #require(ObjectAddress("s3://shop/new"))
        let error = await #expect(throws: ObjectStoreError.self) { try await bucket(server).objects(.all, in: folder) }
        #expect(error?.description == sentence)
    }

    @Test func whatIsSignedIsToldToNobody() async throws {
        let keys = ["AWS_ACCESS_KEY_ID": "OPEN", "AWS_SECRET_ACCESS_KEY": "hidden"]
        let server = LoopbackServer { _ in WebAnswer(418, ["Content-Length": "0"]) }
        let folder = try #require(ObjectAddress("s3://shop/new"))
        let error = await #expect(throws: ObjectStoreError.self) {
            try await bucket(server, keys).objects(.all, in: folder)
        }
        #expect(server.requests.first?.target.contains("X-Amz-Signature=") == true)
        #expect(error.map { !"\($0)".contains("OPEN") && !"\($0)".contains("Signature") } == true)
    }

    @Test(arguments: ["store.example", "ftp://store", ""])
    func anEndpointIsTheAddressOfAServer(endpoint: String) async throws {
        let settings = try S3Settings(environment: ["AWS_ENDPOINT_URL": endpoint, "HOME": "/nowhere"])
        let folder = try #require(ObjectAddress("s3://shop/new"))
        guard !endpoint.isEmpty else { return #expect(settings.endpoint == nil) }
        await #expect(throws: ObjectStoreError.self) {
            try await S3Bucket("shop", settings: settings).objects(.all, in: folder)
        }
    }
}
