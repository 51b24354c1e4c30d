package import SectionFiles
package import SystemPackage
package import Vectors

/// A block of vectors and their codes in a file of sections, each array in one of its own.
package enum VectorFile {
    static let kind = "vectors"

    /// Learns, encodes and writes; returns when the file is on disk.
    package static func write(
        _ source: VectorSource, partitions: Int, to path: FilePath, identity: SectionFile.Identity
    ) async throws(SectionFileError) {
        let (codes, slots) = await VectorCodes.encoding(source, partitions: partitions)
        var writer = try SectionFileWriter(path, kind: kind, identity: identity)
        try writer.append(AboutVectors(codes))
        try writer.append(codes)
        try writer.append(source, slots)
        try writer.finish()
    }

    /// Maps the file. All of it is verified but the bytes of tails, which are when they are first read, and the vectors
    /// themselves, each of which is whenever it is read.
    ///
    /// Throws for a file that is damaged, holds something else, or was written with another identity.
    package static func open(_ path: FilePath, identity: SectionFile.Identity) throws(SectionFileError) -> VectorBlock {
        let file = try opened(path, identity)
        for section in file.sections where !SectionName.verifiedLater.contains(section.name) {
            try section.verify(releasing: true)
        }
        let about = try AboutVectors(in: file)
        let codes = try VectorCodes(in: file, about)
        let vectors = try file.numbers(.vectors, of: Float.self, count: about.slots * about.dimension)
        let rows = MappedRows(
            try file.section(SectionName.vectors.rawValue), length: about.dimension * MemoryLayout<Float>.size,
            checksums: try file.numbers(.checksums, of: UInt64.self, count: about.slots))
        let tails = MappedTails(try file.section(SectionName.tails.rawValue), length: about.tailWords * 64)
        return VectorBlock(
            codes: codes, vectors: vectors, isSound: { rows.isSound($0) },
            tailsAreSound: { tails.areSound(reading: $0) })
    }

    /// Reads the whole file, vectors included; throws where anything is not as it was written.
    package static func verify(_ path: FilePath, identity: SectionFile.Identity) throws(SectionFileError) {
        let file = try opened(path, identity)
        for section in file.sections { try section.verify() }
        _ = try VectorCodes(in: file, try AboutVectors(in: file))
    }

    private static func opened(_ path: FilePath, _ identity: SectionFile.Identity) throws(SectionFileError)
        -> SectionFile
    {
        let file = try SectionFile(mapping: path, kind: kind)
        guard file.identity == identity else {
            throw .unsound(path, reason: "it was made from something else than what it is opened for")
        }
        return file
    }
}
