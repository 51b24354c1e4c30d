/// The measures and details of one product; a garment of each kind draws itself from its own.
protocol Cut: Sendable {
    init(random: inout SplitMix64)
    func layers(_ view: View, random: inout SplitMix64) -> [Layer]
}
