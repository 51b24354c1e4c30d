import Testing

@testable import Postgres

@Suite struct PostgresAddressTests {
    @Test(arguments: [
        "postgres://me@server/shop", "postgresql:///shop?host=/run/postgresql",
        "postgres://server:5433/shop?sslmode=verify-full",
        "postgres://one,two/shop?target_session_attrs=read-write", "postgres://?service=shop",
    ])
    func whatLibpqReadsIsAnAddressAndStaysAsItWasWritten(text: String) throws {
        #expect(PostgresAddress.isAddress(text))
        #expect(try PostgresAddress(text).description == text)
    }

    @Test(arguments: ["shop.sqlite", "/postgres://x", "postgresx://server", "POSTGRES://server", ""])
    func anythingElseIsNone(text: String) { #expect(!PostgresAddress.isAddress(text)) }

    @Test(arguments: ["postgres://me:hunter2@server/shop", "postgres://server/shop?password=hunter2"])
    func aPasswordIsRefusedAndNotRepeated(text: String) {
        let error = #expect(throws: PostgresError.self) { try PostgresAddress(text) }
        #expect(error?.description.contains("PGPASSFILE") == true)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test(arguments: ["postgres://server/shop?nonsense=1", "postgres://server/%zz", "postgres://[::1/shop"])
    func whatLibpqCannotReadIsRefused(text: String) {
        #expect(throws: PostgresError.self) { try PostgresAddress(text) }
    }

    @Test func anotherDatabaseOfTheSameServerKeepsTheRest() throws {
        let address = try PostgresAddress("postgres://me@server:5433/shop?sslmode=require")
        #expect(address.naming(database: "other").description == "postgres://me@server:5433/other?sslmode=require")
    }

    /// Poolers refuse a session that begins with more than that.
    @Test func runTimeParametersAreNotSentAtTheBeginning() throws {
        let settings = PostgresSettings(applicationName: "me", parameters: ["search_path": "one, two"])
        let options = settings.options(for: try PostgresAddress("postgres://server/shop"))
        #expect(!options.contains { $0.0 == "options" || $0.1.contains("one, two") })
    }
}
