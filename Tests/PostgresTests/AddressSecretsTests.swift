import Testing

@testable import Postgres

/// Addresses that nobody can read, with a password in them that nobody should.
@Suite struct AddressSecretsTests {
    @Test(arguments: [
        "postgres://me:hunter2%zz@server/shop", "postgres://me:hunter2@[::1]x/shop", "postgres://me:hunter2@[::1/shop",
        "postgres:/me:hunter2@server/shop", "postgres://server/shop?password", "postgres://me:p/w?hunter2=y@server",
        "password hunter2", "postgres://me:hunter2%00@server/shop",
        "postgres://me@server/shop?scram_client_key=hunter2", "postgres://server/shop?oauth_client_secret=hunter2",
    ])
    func areRefusedWithoutAWordOfIt(text: String) {
        let error = #expect(throws: PostgresError.self) { try PostgresAddress(text) }
        #expect(error?.description.contains("hunter2") == false && error?.description.contains("%") == false)
    }

    @Test func sayWhatIsWrongWhereTheyHaveNone() {
        let error = #expect(throws: PostgresError.self) { try PostgresAddress("postgres://me@server:1/shop?sslmod=x") }
        #expect(error?.description.contains("sslmod") == true)
    }

    @Test(arguments: [
        "postgres://me:a%40b@server/shop", "postgres://server/?sslpassword=x", "host=server password=x",
    ])
    func areRefusedHoweverItIsWritten(text: String) {
        let error = #expect(throws: PostgresError.self) { try PostgresAddress(text) }
        #expect(error?.description.contains("PGPASSFILE") == true)
    }

    @Test(arguments: [
        ("postgres:///shop?host=/run/postgresql", "postgres:///other?host=/run/postgresql"),
        ("postgres://%2Frun%2Fpostgresql/shop", "postgres://%2Frun%2Fpostgresql/other"),
        ("postgres://one,two/shop", "postgres://one,two/other"),
        ("postgres://one:1,two:2/shop", "postgres://one:1,two:2/other"),
        ("postgres://me@server", "postgres://me@server/other"),
        ("postgres://me@server?service=x", "postgres://me@server/other?service=x"),
    ])
    func nameAnotherDatabaseInEveryForm(text: String, other: String) throws {
        #expect(try PostgresAddress(text).naming(database: "other").description == other)
    }

    @Test func nameAnotherDatabaseWithSpaces() throws {
        let address = try PostgresAddress("postgres://me@server/shop").naming(database: "a b/é?")
        #expect(try ConnectionOption.all(in: address.description)["dbname"] == "a b/é?")
    }
}
