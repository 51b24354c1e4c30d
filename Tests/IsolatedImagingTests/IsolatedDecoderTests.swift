import Imaging
import SystemPackage
import TestSupport
import Testing

@testable import IsolatedImaging

/// Serialised, since each test keeps processes.
@Suite(.serialized) struct IsolatedDecoderTests {
    /// With children as the program has them, or others that a shell plays.
    private func decoder(
        playing script: String? = nil, megapixelLimit: Int = 100, timeLimit: Duration = .seconds(60)
    ) -> IsolatedDecoder {
        let program = script == nil ? Program.lookalike.path : "/bin/sh"
        return IsolatedDecoder(
            program: program, arguments: script.map { ["-c", $0] } ?? ["decode-photos"], children: 2,
            megapixelLimit: megapixelLimit, timeLimit: timeLimit)
    }

    private func running<Result: Sendable>(
        _ decoder: IsolatedDecoder, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await decoder.run() }
            defer { group.cancelAll() }
            return try await work()
        }
    }

    @Test func decodesAsTheDecoderItselfDoes() async throws {
        let decoder = decoder()
        try await running(decoder) {
            for seed in 1...5 {
                let png = Swatch(seed, width: 40, height: 30).png
                for detail in [PhotoDetail.full, .fitting(ImageSize(width: 10, height: 10))] {
                    let picture = try await decoder.decode(png, detail)
                    #expect(picture == (try ImageDecoder().decode(png, detail)))
                }
            }
        }
    }

    @Test func saysWhyBytesAreNoPhotoAndGoesOn() async throws {
        let decoder = decoder(megapixelLimit: 1)
        try await running(decoder) {
            for (bytes, error) in [
                ([], .empty), ([1, 2, 3], .notAPicture(resembles: nil)), (Swatch(1).png.dropLast(40), .damaged(.png)),
            ] as [([UInt8], ImageError)] {
                await #expect(throws: error) { try await decoder.decode(bytes, .full) }
            }
            let large = Swatch(1, width: 1100, height: 1000).png
            await #expect(throws: ImageError.self) { try await decoder.decode(large, .full) }
            let width = try await decoder.decode(Swatch(1).png, .full).width
            #expect(width == 16)
        }
    }

    @Test func answersManyAtOnce() async throws {
        let decoder = decoder()
        let sizes = try await running(decoder) {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for width in 1...40 {
                    group.addTask { try await decoder.decode(Swatch(1, width: width).png, .full).width }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
        }
        #expect(sizes.sorted() == Array(1...40))
    }

    @Test func aChildThatHangsIsKilledAndReplaced() async throws {
        let decoder = decoder(playing: "exec sleep 3600", timeLimit: .milliseconds(50))
        try await running(decoder) {
            for _ in 0..<4 {
                await #expect(throws: ImageError.exhausting) { try await decoder.decode(Swatch(1).png, .full) }
            }
        }
    }

    @Test(arguments: ["exit 3", "kill -SEGV $$", "head -c 100 > /dev/null; echo nonsense that is no answer", "cat"])
    func aChildThatBreaksIsReplaced(script: String) async throws {
        let decoder = decoder(playing: script, timeLimit: .seconds(5))
        try await running(decoder) {
            for _ in 0..<3 {
                await #expect(throws: ImageError.self) { try await decoder.decode(Swatch(1).png, .full) }
            }
        }
    }

    /// A child that is no longer its own may say anything.
    @Test func noAnswerIsBelieved() async throws {
        let folder = TemporaryFolder()
        let sizes = [
            ImageSize(width: .max, height: 2), ImageSize(width: -1, height: -1), ImageSize(width: 0, height: 0),
        ]
        var answers = try sizes.map { try Message(DecodingAnswer.picture($0)).bytes }
        answers.append([UInt8](repeating: 0xFF, count: 64))
        answers.append(Array("{}".utf8) + [UInt8](repeating: 0, count: 64))
        for (number, answer) in answers.enumerated() {
            let file = try folder.write(answer, to: "\(number)")
            let decoder = decoder(
                playing: "head -c 100 > /dev/null; cat '\(file)'; exec sleep 3600", timeLimit: .seconds(2))
            try await running(decoder) {
                _ = await #expect(throws: ImageError.exhausting) { try await decoder.decode(Swatch(1).png, .full) }
            }
        }
    }

    @Test func whoeverLeavesIsNotWaitedFor() async throws {
        let decoder = decoder(playing: "exec sleep 3600", timeLimit: .seconds(2))
        try await running(decoder) {
            let waiting = (0..<5).map { _ in Task { try await decoder.decode(Swatch(1).png, .full) } }
            for task in waiting { task.cancel() }
            for task in waiting { _ = await task.result }
        }
    }

    @Test func nothingIsDecodedAfterTheEnd() async throws {
        let decoder = decoder()
        _ = try await running(decoder) { try await decoder.decode(Swatch(1).png, .full) }
        await #expect(throws: CancellationError.self) { try await decoder.decode(Swatch(1).png, .full) }
    }
}
