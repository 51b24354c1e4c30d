import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SectionFiles

typealias Contents = (name: String, bytes: [UInt8])

let kind = "test"
let identity = SectionFile.Identity(bytes: Array(100..<116))!

/// Writes a file of sections, each handed over in pieces of at most `piece` bytes.
func write(_ sections: [Contents], to path: FilePath, in piece: Int = .max) throws {
    var writer = try SectionFileWriter(path, kind: kind, identity: identity)
    for section in sections {
        try writer.begin(section.name)
        for start in stride(from: 0, to: section.bytes.count, by: min(piece, max(section.bytes.count, 1))) {
            try writer.append(Array(section.bytes[start...].prefix(piece)))
        }
    }
    try writer.finish()
}

func bytes(ofFileAt path: FilePath) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: path.string)))
}

func names(in folder: FilePath) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted()
}

/// 0, 31, 62 and so on, each as far as it fits into a byte.
func counting(_ count: Int) -> [UInt8] {
    var bytes = (0..<256).map { UInt8(truncatingIfNeeded: 31 * $0) }
    while bytes.count < count { bytes += bytes }
    return Array(bytes.prefix(count))
}

extension SectionFile.Section {
    var contents: [UInt8] { withExtendedLifetime(self) { Array(bytes) } }

    var isAsWritten: Bool { (try? verify()) != nil }
}

/// Does something without root's right to every file: in a process that does nothing else, since it is for all of it.
func asNobody<Value>(_ work: () throws -> Value) rethrows -> Value {
    guard geteuid() == 0 else { return try work() }
    seteuid(65534)
    defer { seteuid(0) }
    return try work()
}
