import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import ObjectStores

/// What Amazon's own library signs (Scripts/make-signed-addresses.py).
private struct SignedAddresses: Decodable {
    struct Address: Decodable {
        let endpoint: String?
        let region: String
        let token: String?
        let key: String?
        let prefix: String?
        let mark: String?
        let url: String
    }

    let time: Int
    let addresses: [Address]
}

@Suite struct S3EndpointTests {
    /// The query in any order, since the signature is of one order alone.
    private func parts(_ url: String) -> (String, Set<Substring>) {
        let parts = url.split(separator: "?", maxSplits: 1)
        return (String(parts[0]), Set(parts[1].split(separator: "&")))
    }

    @Test func signsAsAmazonsOwnLibraryDoes() throws {
        let path = FilePath(#filePath).removingLastComponent().appending("Goldens/signed-addresses.json")
        let goldens = try golden(SignedAddresses.self, at: path)
        for address in goldens.addresses {
            var environment = [
                "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_REGION": address.region, "HOME": "/nowhere",
                "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            ]
            environment["AWS_ENDPOINT_URL"] = address.endpoint
            environment["AWS_SESSION_TOKEN"] = address.token
            let endpoint = S3Endpoint(of: "shop", try S3Settings(environment: environment))
            let query =
                (address.prefix.map { [("list-type", "2"), ("encoding-type", "url"), ("prefix", $0)] } ?? [])
                + (address.mark.map { [("continuation-token", $0)] } ?? [])
            let own = endpoint.signed(
                endpoint.address(of: address.key, query), at: Date(timeIntervalSince1970: Double(goldens.time)))
            #expect(parts(own) == parts(address.url))
        }
        #expect(goldens.addresses.count == 54)
    }

    @Test(arguments: [
        ("https://store.example:443", "https://store.example"), ("http://store.example:80/", "http://store.example"),
        ("https://store.example:80", "https://store.example:80"), ("http://[::1]:9000", "http://[::1]:9000"),
    ])
    func aPortThatGoesWithoutSayingIsNotSaid(endpoint: String, origin: String) throws {
        let settings = try S3Settings(environment: ["AWS_ENDPOINT_URL": endpoint, "HOME": "/nowhere"])
        #expect(S3Endpoint(of: "shop", settings).address(of: "1.jpg").origin == origin)
    }

    @Test func asksForWhatAnybodyMayHaveWithoutKeys() throws {
        let endpoint = S3Endpoint(of: "a.b", try S3Settings(environment: ["HOME": "/nowhere"]))
        #expect(
            endpoint.signed(endpoint.address(of: "x y.jpg")) == "https://s3.us-east-1.amazonaws.com/a.b/x%20y.jpg")
    }
}
