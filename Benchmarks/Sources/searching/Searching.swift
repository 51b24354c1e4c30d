// Searches vectors as a script asks for it, a line at a time: see Benchmarks/search.py and catalogue.py.
//
//     load FILE DIMENSION                 32-bit floats in rows, numbered from 0
//     queries FILE                        the same
//     encode PARTITIONS
//     search EFFORT TASKS COUNT FIRST     so many queries one by one; EFFORT is exact, likely or a number of partitions
//     batch EFFORT TASKS COUNT FIRST      so many queries at once
//     open CATALOGUE MODEL FOLDER
//     look RECALL TASKS COUNT FIRST       so many photos of the catalogue one by one; RECALL is exact or a share
//     memory
//
// Each is answered by a line of JSON. `searching exactness CASES` compares answers with comparing everything.

import Foundation
import Vectors

@main
enum Searching {
    static func main() async throws {
        if CommandLine.arguments.dropFirst().first == "exactness" {
            return try await Exactness.check(CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 10_000)
        }
        var session = Session()
        while let line = readLine() {
            let answer = try await session.answer(line.split(separator: " ").map(String.init))
            FileHandle.standardOutput.write(try JSONSerialization.data(withJSONObject: answer) + [UInt8(ascii: "\n")])
        }
    }
}
