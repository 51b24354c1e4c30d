import Postgres
import TestSupport
import Testing

/// Servers that do not let anybody in, each for reasons of its own.
@Suite struct StrangeServerTests {
    private func refusal(_ message: String, detail: String? = nil) async -> PostgresError? {
        let server = StrangeServer(refusingWith: message, detail: detail)
        return await PostgresBench.refusal(server.address)
    }

    @Test(arguments: [
        #"no pg_hba.conf entry for host "10.0.0.1", user "me", database "shop", no encryption"#,
        #"no pg_hba.conf entry for host "10.0.0.1", user "me", database "shop", SSL encryption"#,
        #"role "me" does not exist"#, #"role "me" is not permitted to log in"#,
        #"password authentication failed for user "SSL""#, #"Ident authentication failed for user "me""#,
    ])
    func refuses(message: String) async { #expect(await refusal(message) == .refused(message)) }

    @Test func namesTheReasonAndNotItsDetails() async {
        let message = #"permission denied for database "shop""#
        #expect(await refusal(message, detail: "User does not have CONNECT privilege.") == .refused(message))
    }

    @Test(arguments: [#"database "shop" does not exist"#, #"database "my role "SSL"" does not exist"#])
    func hasNoSuchDatabase(message: String) async { #expect(await refusal(message) == .noSuchDatabase(message)) }

    @Test(arguments: [
        "the database system is starting up", "sorry, too many clients already",
        #"database "shop" is not currently accepting connections"#, "Datenbank »shop« existiert nicht",
    ])
    func cannotBeHadNow(message: String) async { #expect(await refusal(message) == .cannotConnect(message)) }

    @Test func isNoDatabaseAtAll() async {
        let server = StrangeServer(saying: Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))
        guard case .cannotConnect(let reason) = await PostgresBench.refusal(server.address) else {
            Issue.record("it is taken for one")
            return
        }
        #expect(!reason.isEmpty && !reason.contains("\n"))
    }

    /// libpq waits for two seconds at least.
    @Test func saysNothing() async {
        let server = StrangeServer(saying: [])
        let error = await PostgresBench.refusal(server.address + "&connect_timeout=2")
        #expect(error == .cannotConnect("timeout expired"))
    }
}
