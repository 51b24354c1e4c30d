import Foundation
import Postgres
import SystemPackage
import TestSupport
import Testing

/// Who is not let in, and what they are told.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct LoggingInTests {
    private let bench: PostgresBench
    private let folder = TemporaryFolder()

    init() throws { bench = try PostgresBench() }

    /// The server's address with another name for who asks.
    private func address(of user: String, _ options: String = "") -> String {
        bench.address.description.replacing("postgres@", with: "\(user)@") + options
    }

    private func passwords(_ password: String) throws -> String {
        let file = try folder.write(Array("*:*:*:*:\(password)\n".utf8), to: "passwords")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.string)
        return "?passfile=\(file)"
    }

    @Test func aPasswordOfAFileIsTaken() async throws {
        #expect(await PostgresBench.refusal(address(of: "guarded", try passwords("right password"))) == nil)
    }

    @Test func aWrongOneIsRefusedAndNotRepeated() async throws {
        let error = await PostgresBench.refusal(address(of: "guarded", try passwords("hunter2")))
        guard case .refused(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("guarded") && !reason.contains("hunter2"))
    }

    @Test func noneAtAllIsRefused() async throws {
        let error = await PostgresBench.refusal(address(of: "guarded", "?passfile=/nowhere"))
        guard case .refused = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aDatabaseThatIsNotThereIsNamed() async throws {
        let error = await PostgresBench.refusal(bench.address.naming(database: "nowhere").description)
        #expect(error == .noSuchDatabase("database \"nowhere\" does not exist"))
    }

    @Test func aServerWithoutEncryptionIsRefusedWhereItIsAskedFor() async throws {
        let error = await PostgresBench.refusal(bench.address.description + "?sslmode=require")
        guard case .tls(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("SSL"))
    }

    @Test func whereNobodyListensThatIsSaid() async throws {
        let error = await PostgresBench.refusal("postgres://127.0.0.1:1/shop")
        guard case .cannotConnect(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("refused"))
    }
}
