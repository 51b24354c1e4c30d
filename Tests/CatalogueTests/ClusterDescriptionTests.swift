import Foundation
import Testing

@testable import Catalogue

@Suite struct ClusterDescriptionTests {
    private func refusal(_ json: String) -> String? {
        do throws(ClusterError) {
            _ = try ClusterDescription(json: Data(json.utf8))
            return nil
        } catch { return error.description }
    }

    private func shards(_ addresses: String...) -> String {
        let shards = addresses.enumerated().map { #"{"name": "s\#($0)", "address": "\#($1)"}"# }
        return #"{"shards": [\#(shards.joined(separator: ", "))]}"#
    }

    @Test func oneSaysWhichServersAndHowLongASearchWaits() throws {
        let json = #"{"deadline": 0.5, "shards": [{"name": "a", "address": "postgres://me@db1/shop"}]}"#
        let description = try ClusterDescription(json: Data(json.utf8))
        #expect(description.seconds == 0.5)
        #expect(description.shards == [.init(name: "a", address: "postgres://me@db1/shop")])
        #expect(try ClusterDescription(json: Data(shards("postgres://h/d").utf8)).seconds == 5)
    }

    @Test(arguments: [
        "", "[]", "{}", "null", "{\"shards\": 7}", "{\"shards\": []}", "{\"shards\": [{\"name\": \"a\"}]}",
        "{\"shards\": [{\"address\": \"postgres://h/d\"}]}", "\u{0}",
        "{\"shards\": [{\"name\": \"\", \"address\": \"postgres://h/d\"}]}",
        "{\"deadline\": 0, \"shards\": [{\"name\": \"a\", \"address\": \"postgres://h/d\"}]}",
        "{\"deadline\": 1e9, \"shards\": [{\"name\": \"a\", \"address\": \"postgres://h/d\"}]}",
        "{\"deadline\": \"long\", \"shards\": [{\"name\": \"a\", \"address\": \"postgres://h/d\"}]}",
    ]) func whatIsNoneIsRefusedInASentence(json: String) throws {
        let reason = try #require(refusal(json))
        #expect(reason.hasPrefix("the description of the cluster cannot be used: "))
        #expect(!reason.contains("\n"))
    }

    @Test func addressesMustBeOthersCanReachAndHoldNoPasswords() throws {
        #expect(refusal(shards("postgres:///shop"))?.contains("names no host") == true)
        #expect(refusal(shards("/var/lib/shop.sqlite"))?.contains("cannot be used") == true)
        let refused = try #require(refusal(shards("postgres://me:secret@db1/shop")))
        #expect(!refused.contains("secret"))
        #expect(refusal(shards("postgres://h/d", "postgres://h/d"))?.contains("two shards are at") == true)
    }

    @Test func namesAreOnlyOnce() {
        let json =
            #"{"shards": [{"name": "a", "address": "postgres://h/1"}, {"name": "a", "address": "postgres://h/2"}]}"#
        #expect(refusal(json)?.contains("“a”") == true)
    }
}
