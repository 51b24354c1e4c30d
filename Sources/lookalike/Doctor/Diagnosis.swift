/// What `lookalike doctor` found: what is there, what would be taken, and whether a search would work.
struct Diagnosis: Encodable {
    let version: String
    /// Why a search, or indexing for it, would not work; none where both would.
    let problems: [String]
    let processor: Processor
    let libraries: [Finding]
    let models: [Finding]
    /// What would compute the model, for one purpose each.
    let plans: [Plan]
    let trials: [Trial]
    let catalogue: Finding

    var works: Bool { problems.isEmpty }

    /// One thing that was looked for.
    struct Finding: Encodable {
        enum State: String, Encodable {
            case sound
            /// Not there; whether that matters depends on what is wanted.
            case missing
            case broken
        }

        let name: String
        let state: State
        var version: String?
        var path: String?
        /// What it is like, or what is wrong with it.
        var detail: String?
        /// The command that gets what is missing.
        var remedy: String?
    }

    struct Plan: Encodable {
        let purpose: String
        let engine: String
        let device: String
        let precision: String
        let reasons: [String]
        /// Why it cannot be done so.
        var problem: String?
    }

    /// A small network with a known answer, computed by one library in one way.
    struct Trial: Encodable {
        let engine: String
        let device: String
        let precision: String
        /// With making it ready; `nil` where it failed.
        var milliseconds: Int?
        var problem: String?
    }
}
