import Archives

/// The format since PyTorch 1.6: a zip archive of a pickle and a file for each storage, none of them compressed.
///
/// The storages' checksums are not compared: that would read all of a file that is mapped in order to read little of it.
extension PyTorchFile {
    private static let pickleLimit = 1 << 26

    init(zip block: MemoryBlock) throws(WeightFileError) {
        let archive = try sound { () throws(ArchiveError) in try ZipArchive(block) }
        let folder = try Self.folder(of: archive)
        try Self.checkByteOrder("\(folder)/byteorder", of: archive)
        let pickle = try Self.contents("\(folder)/data.pkl", of: archive)
        var unpickler = Unpickler()
        let state = try withExtendedLifetime(MemoryBlock(pickle)) { (pickle) throws(WeightFileError) in
            var reader = ByteReader(pickle.bytes)
            return try unpickler.value(from: &reader)
        }
        var ranges: [String: Range<Int>] = [:]
        for (key, storage) in unpickler.storages {
            ranges[key] = try Self.range(of: storage, in: archive, at: "\(folder)/data/\(key)")
        }
        try self.init(state: state, storages: ranges)
    }

    /// The one folder that everything lies in, once it is clear that PyTorch saved tensors there and no program.
    private static func folder(of archive: ZipArchive) throws(WeightFileError) -> String {
        let pickles = archive.entries.keys.filter { $0.hasSuffix("/data.pkl") && $0.count { $0 == "/" } == 1 }
        guard let pickle = pickles.first, pickles.count == 1 else {
            throw .unsound("it is a zip archive without a data.pkl, so torch.save did not write it")
        }
        let folder = String(pickle.dropLast("/data.pkl".count))
        guard archive.entries["\(folder)/constants.pkl"] == nil else {
            throw .refused("it is a TorchScript program. Save its tensors: torch.save(program.state_dict(), …)")
        }
        return folder
    }

    /// Files from before PyTorch 2.1 do not say, and were hardly ever written on another machine.
    private static func checkByteOrder(_ name: String, of archive: ZipArchive) throws(WeightFileError) {
        guard archive.entries[name] != nil else { return }
        guard try contents(name, of: archive) == Array("little".utf8) else {
            throw .unsound("it was written on a big-endian machine")
        }
    }

    private static func contents(_ name: String, of archive: ZipArchive) throws(WeightFileError) -> [UInt8] {
        try sound { () throws(ArchiveError) in try archive.contents(of: archive.entry(name), limit: pickleLimit) }
    }

    private static func range(of storage: PickledStorage, in archive: ZipArchive, at name: String)
        throws(WeightFileError) -> Range<Int>
    {
        let range = try sound { () throws(ArchiveError) in try archive.range(ofStored: archive.entry(name)) }
        guard storage.byteCount == range.count else {
            throw .unsound("“\(name)” in it has \(range.count) bytes, and \(storage.count) numbers were to be there")
        }
        return range
    }
}

/// An archive that is not sound makes the weight file unsound that it is.
private func sound<Value>(_ read: () throws(ArchiveError) -> Value) throws(WeightFileError) -> Value {
    do { return try read() } catch { throw .unsound(error.description) }
}
