import TestSupport
import Testing

extension ServedCatalogueTests {
    /// Catalogues that are spread over several databases, by their users.
    @Suite struct ClusterCommandTests {
        private let databases = (0..<3).compactMap { _ in TestDatabase() }
        private let bench: Workbench

        init() throws { bench = try Workbench(photos: 12).on(databases[0].address) }

        private func describe(_ shards: Int) throws {
            let shards = zip("ab", databases.dropFirst()).prefix(shards).map {
                #"{"name": "\#($0)", "address": "\#($1.address)"}"#
            }
            try bench.put(Array(#"{"shards": [\#(shards.joined(separator: ","))]}"#.utf8), at: "cluster.json")
        }

        private func cluster(_ words: Argument...) throws -> ProgramOutcome {
            try bench.runPlainly(["cluster"] + words + ["--catalogue", Argument(databases[0].address)])
        }

        @Test func oneIsMadeShownAndChanged() throws {
            #expect(try bench.run("index", "shop").status == 0)
            try describe(1)
            let made = try cluster("init", "cluster.json")
            #expect(made.text == "The catalogue \(databases[0].address) is spread over 1 shard.\n", "\(made.messages)")
            try describe(2)
            let changed = try cluster("apply", "cluster.json")
            #expect(changed.status == 0)
            let lines = changed.text.split(separator: "\n")
            #expect(lines.count == 3)
            #expect(lines.dropFirst().allSatisfy { $0.contains(" 512 ") && $0.hasSuffix("answers") }, "\(changed.text)")
            #expect(try cluster("status").text == changed.text)
            #expect(try bench.search("shop/1.png", "-k", "50").results.count == 11)
        }

        @Test func theDoctorMissesAShardThatSearchesMiss() throws {
            #expect(try bench.run("index", "shop").status == 0)
            try describe(2)
            #expect(try cluster("init", "cluster.json").status == 0)
            #expect(try bench.run("doctor").status == 0)
            databases[0].execute("ALTER DATABASE \(databases[2].name) ALLOW_CONNECTIONS false")
            let (doctor, search) = (try bench.run("doctor"), try bench.run("search", "shop/1.png"))
            #expect(doctor.status == 2 && search.status == 2)
            for said in [doctor.text, search.messages] {
                #expect(said.contains("what is on b does not answer"), "\(said)")
            }
        }

        @Test func whatCannotBeMadeIsRefusedInASentence() throws {
            for (json, reason) in [("{", "JSON"), ("{\"shards\": []}", "0 shards")] {
                try bench.put(Array(json.utf8), at: "cluster.json")
                let outcome = try cluster("init", "cluster.json")
                #expect(outcome.status == 2)
                #expect(outcome.messages.contains("cluster.json: the description of the cluster cannot be used: "))
                #expect(outcome.messages.contains(reason), "\(outcome.messages)")
            }
            #expect(try cluster("init", "nothing.json").messages.contains("nothing.json cannot be read"))
            try describe(1)
            let none = try cluster("apply", "cluster.json")
            #expect(none.status == 2 && none.messages.contains("there is no catalogue"), "\(none.messages)")
            let file = try bench.runPlainly("cluster", "status", "--catalogue", "shop.sqlite")
            #expect(file.status == 2 && file.messages.contains("lies in a file"), "\(file.messages)")
        }
    }
}
