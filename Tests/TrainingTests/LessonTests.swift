import Imaging
import Networks
import Testing
import Vectors

@testable import Training

@Suite struct LessonTests {
    private let pictures = [0, 1].compactMap {
        MadePhotos(identities: 2, each: 1).picture(of: $0, for: TinyNetwork.input)
    }

    private func tensors(_ lesson: Lesson) -> [WeightFile.Tensor] {
        var random = LinearCongruence(seed: 1)
        return lesson.tensors(of: pictures, identities: [4, 4], input: TinyNetwork.input, &random)
    }

    @Test func tellsWhoIsWho() {
        let tensors = tensors(.tellApart(temperature: 0.1))
        #expect(tensors.map(\.name) == ["photos", Loss.identical, Loss.itself])
        #expect(tensors[1].floats == [0, 1, 1, 0])
    }

    @Test func wantsTheSamePictureOfWhatHidesNothing() {
        let tensors = tensors(.paint(hidesPart: false))
        let wanted = tensors[1].floats
        let seen = tensors[0].floats.map { ($0 * 128 + 127) / 255 }
        #expect(zip(seen, wanted).allSatisfy { abs($0 - $1) < 1e-5 })
        // Red, green and blue one after the other, as a network paints them.
        #expect(abs(wanted[0] - Float(pictures[0].pixels[0]) / 255) < 1e-6)
        #expect(abs(wanted[256] - Float(pictures[0].pixels[1]) / 255) < 1e-6)
    }

    @Test func coversAQuarterAtMost() {
        var random = LinearCongruence(seed: 2)
        let covered = Hole.covered(pictures[0], &random)
        let changed = zip(covered.pixels, pictures[0].pixels).count { $0 != $1 }
        #expect(changed > 0 && changed <= pictures[0].pixels.count / 4)
    }
}
