import ArgumentParser
import Catalogue
import Embedders
import Imaging
import Inference
import SystemPackage
import VisualSearch

/// Looks at everything that a search needs, and changes nothing.
struct Doctor {
    let installation: Installation
    let choice: ModelChoice
    /// Before the model had its say.
    let askedPrecision: Precision
    let catalogue: CatalogueLocation

    func diagnosis() async -> Diagnosis {
        let (plans, models, catalogue) = (plans, ModelRegistry.models.map(finding), await catalogueFinding())
        return Diagnosis(
            version: Lookalike.configuration.version, problems: problems(with: models, plans, catalogue),
            processor: .ofThisMachine, libraries: libraryFindings, models: models, plans: plans, trials: trials,
            catalogue: catalogue)
    }

    private func problems(
        with models: [Diagnosis.Finding], _ plans: [Diagnosis.Plan], _ catalogue: Diagnosis.Finding
    ) -> [String] {
        let missing = models.first { $0.name == choice.model.id && $0.state == .missing }
        var problems = missing.map { ["the weights of \($0.name) are not installed (\($0.remedy ?? ""))"] } ?? []
        for problem in plans.compactMap(\.problem) where !problems.contains(problem) { problems.append(problem) }
        if catalogue.state == .broken, let detail = catalogue.detail { problems.append(detail) }
        return problems
    }

    private func catalogueFinding() async -> Diagnosis.Finding {
        var finding = Diagnosis.Finding(name: "catalogue", state: .sound, path: catalogue.description)
        do {
            if let report = try await CatalogueReport(ofCatalogueAt: catalogue) {
                finding.detail = report.sentence
            } else {
                if case .file(let path) = catalogue { try path.checkWritable() }
                finding.detail = "not there yet: the first search makes it"
            }
            return finding
        } catch {
            return Diagnosis.Finding(name: "catalogue", state: .broken, path: catalogue.description, detail: "\(error)")
        }
    }
}

// MARK: What is there

extension Doctor {
    private var libraryFindings: [Diagnosis.Finding] {
        [
            finding(of: .onnxruntime, remedy: "Scripts/setup"),
            finding(of: .openvino, remedy: "Scripts/setup --openvino"), cudaFinding, cardFinding,
            Diagnosis.Finding(
                name: "libvips", state: .sound, version: ImageDecoder.libraryVersion,
                detail: "reads \(ImageDecoder.readableFormats.map(\.rawValue).joined(separator: ", "))"),
        ]
    }

    private func finding(of engine: EngineName, remedy: String) -> Diagnosis.Finding {
        finding(engine.title, isInstalled: installation.libraries.isInstalled(engine), remedy: remedy) {
            () throws(InferenceError) in
            try installation.libraries.engine(engine, for: SessionSettings(device: .cpu))
        }
    }

    private var cudaFinding: Diagnosis.Finding {
        let cuda = installation.libraries.cuda
        return finding("ONNX Runtime with CUDA", isInstalled: cuda.isInstalled, remedy: "Scripts/setup --cuda") {
            () throws(InferenceError) in
            try OnnxRuntime(searching: cuda.places)
        }
    }

    private func finding(
        _ name: String, isInstalled: Bool, remedy: String, open: () throws(InferenceError) -> any InferenceEngine
    ) -> Diagnosis.Finding {
        do throws(InferenceError) {
            let engine = try open()
            return Diagnosis.Finding(name: name, state: .sound, version: engine.release, path: engine.path.string)
        } catch {
            return Diagnosis.Finding(
                name: name, state: isInstalled ? .broken : .missing, detail: isInstalled ? error.description : nil,
                remedy: remedy)
        }
    }

    private var cardFinding: Diagnosis.Finding {
        do throws(CudaProblem) {
            let card = try installation.libraries.cuda.device()
            return Diagnosis.Finding(
                name: "NVIDIA card", state: .sound, version: "CUDA \(card.driver)",
                detail: "\(card.name), \(card.memory >> 30) GB, compute capability \(card.capability)")
        } catch {
            return Diagnosis.Finding(name: "NVIDIA card", state: .missing, detail: error.description)
        }
    }

    private func finding(_ model: ModelDescription) -> Diagnosis.Finding {
        let (store, path) = (installation.models, installation.models.path(of: model)?.string)
        guard !store.isInstalled(model) else {
            return Diagnosis.Finding(
                name: model.id, state: .sound, path: path, detail: path == nil ? "needs no weights" : nil)
        }
        return Diagnosis.Finding(name: model.id, state: .missing, remedy: model.fetchCommand)
    }
}

// MARK: What would be taken

extension Doctor {
    private var plans: [Diagnosis.Plan] {
        [plan(for: "a search", isForMany: false), plan(for: "indexing many photos", isForMany: true)]
    }

    private func plan(for purpose: String, isForMany: Bool) -> Diagnosis.Plan {
        if case .handMade = choice.model.kind {
            return Diagnosis.Plan(
                purpose: purpose, engine: "Lookalike", device: Device.cpu.rawValue, precision: "float32",
                reasons: ["\(choice.model.id) is no network, and needs no library"])
        }
        var settings = choice.settings
        settings.isForMany = isForMany
        let plan = installation.libraries.plan(choice.engine, for: settings)
        let (precision, precisionReason) = precision(of: plan)
        return Diagnosis.Plan(
            purpose: purpose, engine: plan.engine.title, device: plan.device.rawValue, precision: precision.rawValue,
            reasons: [
                "\(plan.engine.title): \(plan.engineReason)", "\(plan.device.rawValue): \(plan.deviceReason)",
                "\(precision.rawValue): \(precisionReason)",
            ],
            problem: problem(with: plan, settings))
    }

    /// Found by doing what a search would do with any network.
    private func problem(with plan: ComputingPlan, _ settings: SessionSettings) -> String? {
        var settings = settings
        settings.device = plan.device
        do throws(InferenceError) {
            _ = try installation.libraries.engine(plan.engine, for: settings).tryOut(settings)
            return nil
        } catch {
            return error.description
        }
    }

    private func precision(of plan: ComputingPlan) -> (Precision, String) {
        if askedPrecision != .auto { return (askedPrecision, "it was asked for") }
        if plan.device == .cuda { return (.float32, "its embeddings stand beside those that processors compute") }
        let model = choice.model
        switch (OpenVino.isFasterInBfloat16, model.keepsNeighboursInBfloat16, plan.engine) {
        case (false, _, _):
            let has =
                OpenVino.hasBfloat16 ? "has instructions for bfloat16, but is no faster by them" : "has no bfloat16"
            return (.float32, "the processor \(has)")
        case (true, false, _):
            return (
                .float32,
                "the processor is faster in bfloat16, but \(model.id) was not found to keep its neighbours in it"
            )
        case (true, true, .openvino):
            return (.bfloat16, "the processor is faster in it, and \(model.id) keeps its neighbours in it")
        case (true, true, _): return (.float32, "\(plan.engine.title) computes in nothing shorter")
        }
    }

    /// Every library on every device in every precision that it has here.
    private var trials: [Diagnosis.Trial] {
        EngineName.allCases.filter { $0 != .auto }.flatMap { engine in
            [Device.cpu, .cuda].flatMap { device in
                Precision.allCases.filter { $0 != .auto }.compactMap { trial(of: engine, device, $0) }
            }
        }
    }

    private func trial(of name: EngineName, _ device: Device, _ precision: Precision) -> Diagnosis.Trial? {
        let settings = SessionSettings(device: device, precision: precision)
        guard let engine = try? installation.libraries.engine(name, for: settings) else { return nil }
        var trial = Diagnosis.Trial(engine: name.title, device: device.rawValue, precision: precision.rawValue)
        do throws(InferenceError) {
            trial.milliseconds = Int((try engine.tryOut(settings).seconds * 1000).rounded(.up))
        } catch {
            trial.problem = error.description
        }
        return trial
    }
}

extension InferenceEngine {
    /// The version without what OpenVINO adds of its build.
    fileprivate var release: String { String(version.prefix { $0 != "-" }) }
}

extension ModelDescription {
    /// What installs its weights.
    fileprivate var fetchCommand: String? { weights.map { _ in "lookalike models fetch \(id)" } }
}

extension CatalogueReport {
    fileprivate var sentence: String {
        let contents = "\(photos.counted("photo")) in \(folders.count.counted("folder"))"
        guard let sharedWork, sharedWork.photos > 0 else { return contents }
        let workers =
            sharedWork.runs > 0
            ? "by \(sharedWork.runs.counted("run"))" : "and nobody is at it: lookalike index goes on"
        return "\(contents); \(sharedWork.photos.counted("photo")) to be examined still, \(workers)"
    }
}
