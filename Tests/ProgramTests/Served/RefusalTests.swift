import TestSupport
import Testing

extension ServedCatalogueTests {
    /// Those whom a server does not serve: what they are told is one sentence, and no password is in it.
    @Suite struct RefusalTests {
        private let shop: SharedShop
        private var bench: Workbench { shop.bench }

        init() throws { shop = try SharedShop(of: Workbench(photos: 1)) }

        @Test(arguments: [nil, "a wrong password"]) func whoDoesNotHaveThePasswordIsToldWhereItBelongs(
            password: String?
        ) throws {
            let place = shop.database.address.replacing("postgres@", with: "guarded@")
            let outcome = try index(place, environment: password.map { ["PGPASSWORD": $0] } ?? [:])
            expect(
                outcome, says: "the server does not let you into the catalogue \(place) (",
                "keep the password in ~/.pgpass")
            #expect(!outcome.messages.contains("a wrong password"))
        }

        @Test func whoMayMakeNothingIsToldWhatToAskFor() throws {
            let place = shop.database.address.replacing("postgres@", with: "guarded@")
            let outcome = try index(place, environment: ["PGPASSWORD": "right password"])
            expect(outcome, says: "the catalogue \(place) cannot be written as this user", "CREATE EXTENSION vector")
            #expect(!outcome.messages.contains("right password"))
        }

        @Test func aPasswordInTheAddressIsRefusedAndNotRepeated() throws {
            let place = shop.database.address.replacing("postgres@", with: "guarded:secret@")
            let outcomes = [
                try index(place), try bench.runPlainly("index", "shop", "--catalogue=\(place)"),
                try bench.runPlainly("copy", "--from", "c.sqlite", "--to", Argument(place)),
                try bench.runPlainly("verify", "--catalogue", Argument(place)),
            ]
            for outcome in outcomes {
                expect(outcome, says: "the address behind --catalogue cannot be used", "PGPASSWORD")
                #expect(!outcome.messages.contains("secret"))
            }
        }

        @Test func aDatabaseThatIsNotThereIsNamed() throws {
            let place = shop.database.address + "_nowhere"
            expect(try index(place), says: "the catalogue \(place) cannot be opened: ", "does not exist")
        }

        @Test func aServerThatIsNotThereIsNamed() throws {
            let place = "postgres://127.0.0.1:1/shop"
            expect(
                try index(place), says: "the catalogue \(place) does not answer (", "run again when the server is there"
            )
        }

        @Test func aDatabaseThatCannotCompareWellEnoughIsToldHowToBeMended() throws {
            shop.database.execute(
                "CREATE EXTENSION vector; UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'")
            let place = shop.database.address
            expect(
                try index(place), says: "the database of the catalogue \(place) has pgvector 0.7.4",
                "ALTER EXTENSION vector UPDATE")
        }

        @Test func aCatalogueOfANewerVersionIsRefused() throws {
            #expect(try bench.run("index", "shop").status == 0)
            shop.database.execute("UPDATE lookalike.catalogue SET version = 1000")
            expect(try index(shop.database.address), says: "the catalogue ", "newer version of Lookalike")
        }

        @Test func whoHelpsWithACatalogueInAFileIsToldThatItSharesNoWork() throws {
            let outcome = try bench.runPlainly(
                "index", "--worker", "--model", "colour-layout", "--catalogue", "c.sqlite")
            #expect(outcome.status == 2)
            #expect(outcome.messages.split(separator: "\n").count == 1, "\(outcome.messages)")
        }

        @Test func whoHelpsWhereNothingIsToDoEndsAtOnce() throws {
            let outcome = try bench.run("index", "--worker")
            #expect(outcome.status == 0, "\(outcome.messages)")
            #expect(outcome.text == "Nothing to help with: no run is bringing the catalogue up to date.\n")
        }

        private func index(_ place: String, environment: [String: String] = [:]) throws -> ProgramOutcome {
            try bench.runPlainly(
                "index", "shop", "--model", "colour-layout", "--catalogue", Argument(place), environment: environment)
        }

        private func expect(_ outcome: ProgramOutcome, says beginning: String, _ advice: String) {
            #expect(outcome.status == 2)
            #expect(outcome.messages.hasPrefix("lookalike: \(beginning)"), "\(outcome.messages)")
            #expect(outcome.messages.contains(advice), "\(outcome.messages)")
            #expect(outcome.messages.split(separator: "\n").count == 1, "\(outcome.messages)")
        }
    }
}
