import Foundation

/// What this machine's processors are, and which of their instructions matter to networks.
struct Processor: Encodable {
    let name: String
    let count: Int
    /// In the order in which they make networks faster.
    let instructions: [String]

    /// Linux's names of instruction sets, and people's; those of Arm stand behind those of x86.
    private static let known = [
        ("avx2", "AVX2"), ("avx512f", "AVX-512"), ("avx_vnni", "AVX-VNNI"), ("avx512_vnni", "AVX512-VNNI"),
        ("avx512_bf16", "AVX512-BF16"), ("amx_int8", "AMX-INT8"), ("amx_bf16", "AMX-BF16"), ("asimd", "Neon"),
        ("asimddp", "dot product"), ("i8mm", "I8MM"), ("bf16", "BF16"), ("sve", "SVE"),
    ]

    /// Takes what Linux writes into `/proc/cpuinfo`; of what is not there, nothing is known.
    init(describedBy text: String, count: Int) {
        let fields = text.split(separator: "\n").map { line in
            line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        }
        func first(_ names: String...) -> String? {
            fields.first { $0.count == 2 && names.contains($0[0]) }.map { $0[1] }
        }
        let flags = Set((first("flags", "Features") ?? "").split(separator: " ").map(String.init))
        name = first("model name") ?? "unknown processor"
        instructions = Self.known.filter { flags.contains($0.0) }.map(\.1)
        self.count = count
    }

    static var ofThisMachine: Processor {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        return Processor(describedBy: text, count: ProcessInfo.processInfo.activeProcessorCount)
    }
}
