import Postgres
import TestSupport
import Testing

/// What a server hears of how sessions are to be.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct PostgresSettingsTests {
    private let bench: PostgresBench

    init() throws { bench = try PostgresBench() }

    private func setting(
        _ name: String, of parameters: [String: String] = [:], at options: String = ""
    ) async throws -> String {
        let settings = PostgresSettings(applicationName: "my test", parameters: parameters)
        let address = try PostgresAddress(bench.address.description + options)
        let connection = try await PostgresConnection.open(address, settings: settings)
        return try await connection.query("SELECT current_setting($1)", [.text(name)])[0].text(0)
    }

    @Test func theOperatorKnowsItsName() async throws {
        #expect(try await setting("application_name") == "my test")
        #expect(try await setting("application_name", at: "?application_name=other") == "other")
    }

    /// Rather than within two hours.
    @Test func theServerMissesAMachineThatVanishesWithinHalfAMinute() async throws {
        let names = ["tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count"]
        var values: [Int] = []
        let vigilance = PostgresSettings.vigilance
        for name in names { values.append(try #require(Int(try await setting(name, of: vigilance)))) }
        #expect(values[0] > 0 && values[0] + values[1] * values[2] <= 30)
        #expect(try await setting(names[0], of: vigilance, at: "?options=-ctcp_keepalives_idle%3D77") == "77")
    }

    @Test(arguments: [#""my shop", public"#, #"  two  spaces "#, #"back\slash\\"#, #"it's, "é""#, "a=b"])
    func parametersArriveAsTheyAreWritten(value: String) async throws {
        #expect(try await setting("lookalike.test", of: ["lookalike.test": value]) == value)
    }

    @Test func aPathOfNamesWithSpacesIsFollowed() async throws {
        let path = #""my shop", public"#
        try await bench.connection().execute(#"CREATE SCHEMA "my shop"; CREATE TABLE "my shop".shelf (number bigint)"#)
        let settings = PostgresSettings(applicationName: "test", parameters: ["search_path": path])
        let connection = try await PostgresConnection.open(bench.address, settings: settings)
        #expect(try await connection.query("SELECT * FROM shelf").isEmpty)
    }

    @Test func anAddressAddsToThemAndCountsMore() async throws {
        let (parameters, options) = (["work_mem": "5MB"], "?options=-c%20maintenance_work_mem%3D7MB")
        #expect(try await setting("work_mem", of: parameters, at: options) == "5MB")
        #expect(try await setting("maintenance_work_mem", of: parameters, at: options) == "7MB")
        #expect(try await setting("work_mem", of: parameters, at: "?options=-cwork_mem%3D8MB") == "8MB")
    }

    @Test func textIsUTF8WhateverAnAddressSays() async throws {
        #expect(try await setting("client_encoding", at: "?client_encoding=LATIN1") == "UTF8")
    }

    @Test func theServerIsAskedOnlyForWhatChanges() async throws {
        let connection = try await bench.connection()
        for value in ["5MB", "5MB", "6MB", "6MB", "6MB", "5MB"] {
            try await connection.query("SELECT 1", with: ["work_mem": value])
        }
        let asked =
            "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE 'SELECT set_c%'"
        #expect(try await connection.query(asked)[0].int64(0) == 3)
    }

    @Test func aValueThatIsRefusedLeavesTheOneBefore() async throws {
        let connection = try await bench.connection()
        let query = "SELECT current_setting('work_mem')"
        try await connection.query(query, with: ["work_mem": "5MB"])
        let error = await #expect(throws: PostgresError.self) {
            try await connection.query(query, with: ["work_mem": "much"])
        }
        #expect(error?.state == "22023")
        #expect(try await connection.query(query)[0].text(0) == "5MB")
        #expect(try await connection.query(query, with: ["work_mem": "5MB"])[0].text(0) == "5MB")
    }
}
