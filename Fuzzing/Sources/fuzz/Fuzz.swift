import CFuzzer

@testable import Archives
@testable import Networks

/// fuzz FORMAT [LIBFUZZER OPTION…] CORPUS…: reads mutated weight files of one format until one of them does harm.
@main enum Fuzz {
    static func main() {
        guard CommandLine.argc > 1, let format = Format(rawValue: CommandLine.arguments[1]) else {
            fatalError("fuzz FORMAT …, where FORMAT is one of \(Format.allCases.map(\.rawValue))")
        }
        // libFuzzer knows nothing of the format: its name takes the place of the program's.
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
        _ = LLVMFuzzerRunDriver(&count, &arguments, format.callback)
    }
}

/// The formats that weight files have; what libFuzzer calls cannot carry one, so each has a function of its own.
enum Format: String, CaseIterable {
    case safetensors
    case legacy
    case zip
    /// Any archive, of which every file is taken out.
    case archive
    case onnx

    var callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt {
        switch self {
        case .safetensors: { read($0, $1) { block in try WeightFile(safetensors: block) } }
        case .legacy: { read($0, $1) { block in try PyTorchFile(legacy: block).weights(in: block) } }
        case .zip: { read($0, $1) { block in try PyTorchFile(zip: block).weights(in: block) } }
        case .archive: { unpack($0, $1) }
        case .onnx: { read($0, $1) { block in try WeightFile(onnx: block) } }
        }
    }
}

/// Whatever can be read must be sound: it is written, read again, and must be the same.
private func read(_ data: UnsafePointer<UInt8>?, _ count: Int, _ file: (MemoryBlock) throws -> WeightFile) -> CInt {
    let block = MemoryBlock(Array(UnsafeRawBufferPointer(start: data, count: count)))
    guard let weights = try? file(block) else { return 0 }
    guard let written = try? weights.safetensors(), let again = try? WeightFile(safetensors: MemoryBlock(written)),
        again.tensors.count == weights.tensors.count, (try? again.safetensors()) == written
    else { fatalError("the tensors that were read cannot be written and read again") }
    return 0
}

private func unpack(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let archive = try? ZipArchive(MemoryBlock(Array(UnsafeRawBufferPointer(start: data, count: count)))) else {
        return 0
    }
    for entry in archive.entries.values { _ = try? archive.contents(of: entry, limit: 1 << 20) }
    return 0
}
