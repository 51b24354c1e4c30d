import Postgres
import Testing

@Suite struct PostgresErrorTests {
    private static let failure = PostgresError.server(
        state: "23505", message: "duplicate key", detail: "Key (a)=(1)", constraint: "b")

    @Test(
        arguments: [
            (.invalidAddress("it has no host"), "it has no host"),
            (.cannotConnect("timeout expired"), "timeout expired"),
            (.refused("no password supplied"), "no password supplied"), (.noSuchDatabase("none"), "none"),
            (.tls("no SSL"), "no SSL"), (.connectionLost("it was stopped"), "the connection was lost: it was stopped"),
            (.deadlineExceeded, "the server did not answer in time"), (failure, "duplicate key: Key (a)=(1)"),
            (.server(state: "22012", message: "division by zero", detail: nil, constraint: nil), "division by zero"),
            (.unexpectedValue("“a” is null"), "the server answered with something unexpected: “a” is null"),
        ] as [(PostgresError, String)])
    func isASentence(error: PostgresError, sentence: String) { #expect("\(error)" == sentence) }

    @Test func hasAStateWhereAStatementFailed() {
        #expect(Self.failure.state == "23505")
        #expect(PostgresError.deadlineExceeded.state == nil)
    }
}
