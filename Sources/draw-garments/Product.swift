/// One garment of the catalogue, which looks the same whenever it is drawn.
struct Product: Sendable {
    let name: String
    let cut: any Cut
    let design: Design
    let isJPEG: Bool
    private let takes: SplitMix64

    init(name: String, kind: GarmentKind, pattern: PatternFamily, colours: Colourway, random: SplitMix64) {
        var random = random
        self.name = name
        cut = kind.cut(random: &random)
        design = Design(pattern, colours, weave: kind.weave(random: &random), random: &random)
        isJPEG = random.chance(1 / 3)
        takes = random.branch()
    }

    /// The choices of the photographer: how the cloth happens to fall in this picture.
    func take(_ number: UInt64) -> SplitMix64 {
        var random = takes
        return SplitMix64(seed: random.next() &+ number)
    }
}
