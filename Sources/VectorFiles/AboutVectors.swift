import Foundation
import SectionFiles
import Vectors

/// How many of everything a file has, in JSON for whoever reads it.
struct AboutVectors: Codable {
    let dimension: Int
    /// The vectors, and the slots that they lie in.
    let vectors: Int
    let slots: Int
    let partitions: Int
    /// Of each vector: the bytes of its head, and the words of 64 signs of its tail.
    let headBytes: Int
    let tailWords: Int
    let longestHead: Float

    init(_ codes: VectorCodes) {
        dimension = codes.dimension
        vectors = codes.count
        slots = codes.slotCount
        partitions = codes.partitionCount
        headBytes = codes.headCount
        tailWords = codes.wordCount
        longestHead = codes.longestHead
    }

    /// Throws where the numbers contradict each other, or are greater than the file.
    init(in file: SectionFile) throws(SectionFileError) {
        let section = try file.section(SectionName.about.rawValue)
        let about = withExtendedLifetime(section) {
            try? JSONDecoder().decode(AboutVectors.self, from: Data(section.bytes))
        }
        guard let about, about.isSound else { throw .unsound(file.path, reason: "it does not say what it holds") }
        self = about
    }

    private var isSound: Bool {
        let limit = 1 << 31
        return (1..<limit).contains(dimension) && (0..<limit).contains(slots) && (0...slots).contains(vectors)
            && (1..<limit).contains(partitions) && slots.isMultiple(of: VectorCodes.group)
            && headBytes == VectorCodes.headCount(dimension: dimension)
            && tailWords == VectorCodes.wordCount(dimension: dimension) && longestHead.isFinite
    }
}

extension SectionFileWriter {
    mutating func append(_ about: AboutVectors) throws(SectionFileError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try begin(SectionName.about.rawValue)
        // Numbers that are finite can be written.
        try append([UInt8]((try? encoder.encode(about)) ?? Data()))
    }
}
