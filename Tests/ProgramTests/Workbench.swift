import SystemPackage
import TestSupport

/// Photos, a catalogue and a home that only one test has.
struct Workbench {
    let folder: TemporaryFolder
    private let program: Program
    private let address: String?

    init(running program: Program = .lookalike) {
        self.init(in: TemporaryFolder(), running: program, on: nil)
    }

    private init(in folder: TemporaryFolder, running program: Program, on address: String?) {
        (self.folder, self.program, self.address) = (folder, program, address)
    }

    /// The same photos with a catalogue on a server.
    func on(_ address: String) -> Workbench { Workbench(in: folder, running: program, on: address) }

    /// With the photos `shop/1.png`, `shop/2.png` and so on.
    init(photos count: Int) throws {
        self.init()
        for number in 1...max(1, count) { try put(Swatch(number).png, at: "shop/\(number).png") }
    }

    var catalogue: FilePath { folder.appending("catalogue.sqlite") }

    @discardableResult
    func put(_ bytes: [UInt8], at name: String) throws -> FilePath { try folder.write(bytes, to: name) }

    /// Runs the program in the folder with a model that needs no weights.
    func run(_ words: Argument...) throws -> ProgramOutcome { try start(words).outcome() }

    func start(_ words: [Argument]) throws -> RunningProgram {
        try program.start(words + options, in: folder.path)
    }

    /// Runs the program with no word added.
    func runPlainly(_ words: Argument..., environment: [String: String] = [:]) throws -> ProgramOutcome {
        try runPlainly(words, environment: environment)
    }

    func runPlainly(_ words: [Argument], environment: [String: String] = [:]) throws -> ProgramOutcome {
        try program.run(words, environment: environment, in: folder.path)
    }

    /// Checks the catalogue.
    func verify() throws -> ProgramOutcome { try runPlainly("verify", "--catalogue", place) }

    private var options: [Argument] { ["--catalogue", place, "--model", "colour-layout"] }

    private var place: Argument { address.map { Argument($0) } ?? .path(catalogue) }

    /// What a search answers to one query.
    func search(_ words: Argument...) throws -> Answer {
        let outcome = try start(["search"] + words + ["--format", "json"]).outcome()
        guard let answer = try outcome.answers.first else { throw NoAnswer(messages: outcome.messages) }
        return answer
    }
}

struct NoAnswer: Error {
    let messages: String
}
