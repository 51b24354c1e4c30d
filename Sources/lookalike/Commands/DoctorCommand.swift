import ArgumentParser
import VisualSearch

struct DoctorCommand: AsyncParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is installed, what would be used and why, and whether it works.",
        discussion: """
            Nothing is downloaded, and nothing is changed. The exit status is 0 if a search would work, and 2 if not.

            EXAMPLES
              lookalike doctor
              lookalike doctor --device cuda         whether a card can be used, and if not, why
              lookalike doctor --format json
            """)

    @OptionGroup var engine: EngineOptions

    @Option(help: "What is printed.")
    var format = Format.text

    func run() async throws {
        let installation = Installation.standard
        let doctor = Doctor(
            installation: installation, choice: try engine.choice(), askedPrecision: engine.precision,
            catalogue: engine.catalogue ?? installation.catalogue)
        let diagnosis = await doctor.diagnosis()
        try Console.put(report(diagnosis))
        if !diagnosis.works { throw ExitCode(2) }
    }

    private func report(_ diagnosis: Diagnosis) throws -> [UInt8] {
        switch format {
        case .text: return Array(DiagnosisText(diagnosis: diagnosis).text.utf8)
        case .json: return try diagnosis.jsonDocument
        }
    }
}
