import Imaging
import TestSupport
import Testing

struct FramedPhotoTests {
    /// Sides so large that nothing is decoded smaller, as large photos are for all inputs alike.
    @Test func eachPictureIsWhatItsInputMakesOfTheWholePhoto() throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<40 {
            func length() -> Int { .random(in: 1...120, using: &random) }
            let bytes = try ImageEncoder(format: .jpeg).encode(.noise(length(), length(), &random))
            let inputs = Framing.allCases.shuffled(using: &random).prefix(.random(in: 1...3, using: &random)).map {
                InputSpec(
                    side: .random(in: 61...90, using: &random), framing: $0, filter: .triangle, mean: [0, 0, 0],
                    scale: [1, 1, 1])
            }
            let whole = try ImageDecoder().decode(bytes)
            let framed = try ImageDecoder().decode(bytes, framedFor: inputs)
            #expect(framed.pictures == inputs.map { $0.frame(whole) }, "\(whole.size) \(inputs)")
        }
    }

    @Test func noInputGetsLessThanItWouldHaveAlone() throws {
        var random = SeededRandom(seed: 12)
        let bytes = try ImageEncoder(format: .jpeg).encode(.noise(400, 300, &random))
        let large = InputSpec(side: 64, framing: .centreCrop, filter: .cubic, mean: [0, 0, 0], scale: [1, 1, 1])
        let small = InputSpec(side: 8, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [1, 1, 1])
        let framed = try ImageDecoder().decode(bytes, framedFor: [small, large])
        #expect(framed.pictures[0].size == .square(8))
        #expect(try framed.pictures[1] == ImageDecoder().decode(bytes, framedFor: large))
    }
}
