import Downloads
import TestSupport
import Testing

@Suite struct WebCallTests {
    @Test func takesTheAnswerIntoMemory() throws {
        let server = LoopbackServer { _ in WebAnswer(200, ["Content-Length": "3"], [1, 2, 3]) }
        let answer = try WebCall(to: server.address + "/x", fields: ["X-Test: yes"]).answer()
        #expect(answer.status == 200 && answer.body == [1, 2, 3])
        #expect(server.requests.first?.target == "/x" && server.requests.first?.fields["x-test"] == "yes")
        #expect(server.requests.first?.fields["expect"] == nil)
    }

    @Test func tellsOfRefusals() throws {
        let server = LoopbackServer { _ in WebAnswer(404, ["Content-Length": "1"], [9]) }
        let answer = try WebCall(to: server.address, body: [1]).answer()
        #expect(answer.status == 404 && answer.body == [9])
    }

    @Test func saysWhyNobodyAnswers() {
        let unanswered = #expect(throws: WebCall.Unanswered.self) { try WebCall(to: "http://127.0.0.1:1/").answer() }
        #expect(unanswered?.reason.isEmpty == false)
    }
}
