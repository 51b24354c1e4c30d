// What a photo costs before a network sees it: `decoding FOLDER [ROUNDS]` decodes and frames each photo of a folder on
// one thread, and prints processor time, which other programs disturb less than elapsed time.

import Embedders
import Foundation
import Imaging
import VisualSearch

@main
struct Decoding {
    static func main() throws {
        MemoryReuse.begin()
        let arguments = CommandLine.arguments
        guard arguments.count > 1 else { return print("decoding FOLDER [ROUNDS]") }
        let photos = try photos(in: arguments[1])
        let (input, decoder) = (try ModelChoice().input, ImageDecoder())
        let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: input.valueCount)
        for round in 1...(arguments.count > 2 ? Int(arguments[2]) ?? 3 : 3) {
            var (framing, writing) = (0.0, 0.0)
            for batch in photos.indices.chunked(by: 8).map({ photos[$0] }) {
                var framed: [PixelImage] = []
                framing += cpuSeconds { framed = batch.compactMap { try? decoder.decode($0, framedFor: input) } }
                writing += cpuSeconds { for photo in framed { input.write(photo, to: values) } }
            }
            let count = Double(photos.count)
            print(
                String(
                    format: "round %d: %.3f ms to decode and frame a photo, %.3f ms to write it as numbers", round,
                    framing / count * 1000, writing / count * 1000))
        }
    }

    /// At most two thousand, so that all of them fit into memory.
    private static func photos(in folder: String) throws -> [[UInt8]] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jpg") }
        return try names.sorted().prefix(2000).map {
            Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)")))
        }
    }

    private static func cpuSeconds(of work: () -> Void) -> Double {
        let start = clock()
        work()
        return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }
}

extension Range<Int> {
    fileprivate func chunked(by length: Int) -> [Range<Int>] {
        stride(from: lowerBound, to: upperBound, by: length).map { $0..<Swift.min($0 + length, upperBound) }
    }
}
