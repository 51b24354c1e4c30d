/// A diagnosis for people at a terminal: a section for each kind of thing, a line for each thing.
struct DiagnosisText {
    let diagnosis: Diagnosis

    var text: String {
        [
            heading, section("Libraries", findings(diagnosis.libraries)), section("Models", findings(diagnosis.models)),
            section("What computes the model", diagnosis.plans.flatMap(lines)),
            section("Trials of a small network with a known answer", diagnosis.trials.map(line)),
            section("Catalogue", lines(of: diagnosis.catalogue)), verdict,
        ].joined(separator: "\n")
    }

    private let nameWidth = 24
    private let versionWidth = 12

    private var heading: String {
        let processor = diagnosis.processor
        let instructions = processor.instructions.isEmpty ? "" : ": \(processor.instructions.joined(separator: ", "))"
        return
            "Lookalike \(diagnosis.version)\n\(processor.name), \(processor.count.counted("processor"))\(instructions)\n"
    }

    private var verdict: String {
        diagnosis.works ? "A search would work.\n" : section("A search would not work", diagnosis.problems)
    }

    private func section(_ title: String, _ lines: [String]) -> String {
        ([title] + (lines.isEmpty ? ["none"] : lines).map { "  " + $0 }).map { $0 + "\n" }.joined()
    }

    private func findings(_ findings: [Diagnosis.Finding]) -> [String] {
        findings.flatMap(lines)
    }

    /// Its version and where it is in the first line; what there is to say of it below.
    private func lines(of finding: Diagnosis.Finding) -> [String] {
        let first = "\(finding.state.mark) \(finding.name.padded(to: nameWidth)) "
        let version = finding.version.map { $0.padded(to: versionWidth) + " " } ?? ""
        var rest = [finding.path, finding.detail].compactMap(\.self)
        if rest.isEmpty { rest = [finding.state == .missing ? "not installed" : "installed"] }
        if let remedy = finding.remedy { rest[rest.count - 1] += " (\(remedy))" }
        return [first + version + rest[0]] + rest.dropFirst().map { indentation(of: first) + $0 }
    }

    private func lines(of plan: Diagnosis.Plan) -> [String] {
        let mark = plan.problem == nil ? Diagnosis.Finding.State.sound.mark : Diagnosis.Finding.State.broken.mark
        let first = "\(mark) \(plan.purpose.padded(to: nameWidth)) "
        return [first + "\(plan.engine), \(plan.device), \(plan.precision)"]
            + (plan.reasons + [plan.problem].compactMap(\.self)).map { indentation(of: first) + $0 }
    }

    private func indentation(of text: String) -> String { String(repeating: " ", count: text.count) }

    private func line(of trial: Diagnosis.Trial) -> String {
        let name = "\(trial.engine), \(trial.device), \(trial.precision)"
        guard let milliseconds = trial.milliseconds else {
            return "\(Diagnosis.Finding.State.broken.mark) \(name): \(trial.problem ?? "failed")"
        }
        return "\(Diagnosis.Finding.State.sound.mark) \(name): right, in \(milliseconds) ms"
    }
}

extension Diagnosis.Finding.State {
    fileprivate var mark: String {
        switch self {
        case .sound: "✓"
        case .missing: "–"
        case .broken: "✗"
        }
    }
}
