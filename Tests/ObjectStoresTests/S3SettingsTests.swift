import SystemPackage
import TestSupport
import Testing

@testable import ObjectStores

@Suite struct S3SettingsTests {
    private let folder = TemporaryFolder()

    private func settings(_ variables: [String: String] = [:]) throws -> S3Settings {
        try S3Settings(environment: ["HOME": folder.path.string].merging(variables) { $1 })
    }

    private func write(_ text: String, to name: String) throws { _ = try folder.write(Array(text.utf8), to: name) }

    @Test func asksAmazonAsAnybodyUnlessToldOtherwise() throws {
        let settings = try settings()
        #expect(settings.endpoint == nil && settings.keys == nil && settings.region == "us-east-1")
    }

    @Test func theEnvironmentCountsMoreThanFiles() throws {
        try write("[default]\naws_access_key_id = A\naws_secret_access_key=B\n", to: ".aws/credentials")
        try write("[default]\nregion=eu-north-1\nendpoint_url=https://one.example\n", to: ".aws/config")
        let kept = try settings()
        #expect(kept.keys == S3Settings.Keys(id: "A", secret: "B", token: nil))
        #expect(kept.region == "eu-north-1" && kept.endpoint == "https://one.example")
        let told = try settings([
            "AWS_ACCESS_KEY_ID": "C", "AWS_SECRET_ACCESS_KEY": "D", "AWS_SESSION_TOKEN": "E",
            "AWS_REGION": "eu-west-1", "AWS_ENDPOINT_URL": "https://two.example",
            "AWS_ENDPOINT_URL_S3": "https://three.example",
        ])
        #expect(told.keys == S3Settings.Keys(id: "C", secret: "D", token: "E"))
        #expect(told.region == "eu-west-1" && told.endpoint == "https://three.example")
    }

    @Test func aProfileIsFoundInEitherFile() throws {
        try write("[shop]\naws_access_key_id=A\naws_secret_access_key=B\n", to: "keys")
        try write("[default]\nregion=x\n[profile shop]\nregion = eu-south-2\n", to: "settings")
        let names = ["AWS_SHARED_CREDENTIALS_FILE": "keys", "AWS_CONFIG_FILE": "settings"]
            .mapValues { folder.path.appending($0).string }
        let found = try settings(names.merging(["AWS_PROFILE": "shop"]) { $1 })
        #expect(found.keys?.id == "A" && found.region == "eu-south-2")
        let error = #expect(throws: S3Settings.NoProfile.self) { try settings(["AWS_PROFILE": "other"]) }
        #expect(error?.name == "other")
    }

    @Test func halfAPairOfKeysIsNone() throws {
        #expect(try settings(["AWS_ACCESS_KEY_ID": "A"]).keys == nil)
    }
}
