import Foundation
import VisualSearch

/// This program once more, measuring one model.
struct TrialProcess {
    /// Figures, or why there are none.
    enum Outcome {
        case figures(ModelFigures)
        case trouble(model: String, reason: String)
    }

    private let model: String
    private let words: [String]

    init(of model: String, _ sample: SampleOptions) {
        self.model = model
        words = ["models", "trial", model] + sample.words
    }

    /// Waits for it to end.
    func outcome() throws -> Outcome {
        let (process, output, errors) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = words
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let figures = output.fileHandleForReading.readDataToEndOfFile()
        let reason = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return .trouble(model: model, reason: Self.sentence(in: reason)) }
        return .figures(try JSONDecoder().decode(ModelFigures.self, from: figures))
    }

    private static func sentence(in messages: Data) -> String {
        let line = String(decoding: messages, as: UTF8.self).split(whereSeparator: \.isNewline).last
        return line.map { $0.hasPrefix("lookalike: ") ? String($0.dropFirst(11)) : String($0) }
            ?? "it ended without a word"
    }
}
