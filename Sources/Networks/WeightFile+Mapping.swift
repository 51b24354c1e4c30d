import Archives
import SystemPackage

extension WeightFile {
    /// Reads a file from the memory that it is mapped into; what is wrong with it is told with its name.
    static func mapping<Value>(_ path: FilePath, _ read: (MemoryBlock) throws(WeightFileError) -> Value)
        throws(WeightFileError) -> Value
    {
        let block: MemoryBlock
        do { block = try MemoryBlock(mapping: path) } catch { throw .unreadable(path, reason: "\(error)") }
        do {
            return try read(block)
        } catch .unsound(let reason) {
            throw .unreadable(path, reason: reason)
        } catch .refused(let reason) {
            throw .refused("\(path): \(reason)")
        }
    }
}
