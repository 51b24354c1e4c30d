import Downloads
import Foundation
import SearchServer
import SystemPackage
import VisualSearch

/// A search that a running server of the same catalogue does: it has the model and the index ready.
struct ServedSearch {
    let search: Search
    let metric: RankingMetric
    /// Of the embeddings that are to be compared.
    let identity: String
    /// What the names of the catalogue's files begin with.
    let catalogue: FilePath

    /// `nil` where no server runs, or it cannot answer just so: then whoever asks searches themselves.
    func findings() throws -> Findings? {
        guard search.exclusions.isEmpty, search.options.candidates != .max,
            let ticket = ServerTicket(beside: catalogue),
            ticket.identity == identity, let folders = try? search.folders.map({ try PhotoFolder($0) }),
            refresh(by: ticket)
        else { return nil }
        let parameters = ServedParameters(search, metric: metric, folders: folders)
        var found: [Finding] = []
        for question in search.questions {
            guard let answer = try? answer(to: question, parameters, by: ticket) else { return nil }
            found.append(Finding(question: question, answer: .success(answer)))
        }
        let findings = Findings(found, folders: folders)
        search.tell(of: findings)
        return findings
    }

    private func refresh(by ticket: ServerTicket) -> Bool {
        guard search.refreshes else { return true }
        guard let answer = try? ticket.call("api/refresh?wait=true").answer(), answer.status == 200 else {
            return false
        }
        return (try? JSONDecoder().decode(ServedRefresh.self, from: Data(answer.body)))?.stage == "done"
    }

    private struct NotAnswered: Error {}

    private func answer(to question: Question, _ parameters: ServedParameters, by ticket: ServerTicket) throws
        -> SearchAnswer
    {
        let query = try ServedQuery(question.query)
        let call = ticket.call(
            "api/search?\(parameters.text)&query=\(query.text.percentEncoded)", type: query.contentType, query.body)
        let answer = try call.answer()
        guard answer.status == 200 else { throw NotAnswered() }
        let served = try JSONDecoder().decode(ServedAnswer.self, from: Data(answer.body))
        // Why there is nothing to search in, the program says itself.
        guard served.photos > 0 else { throw NotAnswered() }
        return served.answer
    }
}

extension ServerTicket {
    fileprivate func call(_ path: String, type: String = "application/octet-stream", _ body: [UInt8] = []) -> WebCall {
        WebCall(to: "\(address)/\(path)", fields: ["Cookie: lookalike=\(cookie)", "Content-Type: \(type)"], body: body)
    }
}

private struct ServedRefresh: Decodable {
    let stage: String
}
