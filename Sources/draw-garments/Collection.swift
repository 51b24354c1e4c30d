/// The season's products, and the photos that customers ask with.
struct Collection: Sendable {
    let products: [Product]

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        products = GarmentKind.allCases.flatMap { Self.products($0, random: &random) }
    }

    /// No two products of a kind have the same colours before all have been used.
    private static func products(_ kind: GarmentKind, random: inout SplitMix64) -> [Product] {
        var colourways = random.shuffled(Colourway.all)
        return kind.assortment.flatMap { pattern, count in
            (1...count).map { number in
                let name = "\(kind.rawValue)-\(pattern.rawValue)-\(number < 10 ? "0" : "")\(number)"
                return Product(
                    name: name, kind: kind, pattern: pattern, colours: colourways.removeLast(), random: random.branch())
            }
        }
    }

    var pictures: [Picture] {
        products.flatMap { product in View.allCases.map { .catalogue(product, $0) } } + queries
    }

    /// Each shows a product of the catalogue as it looks at home.
    private var queries: [Picture] {
        [
            query("floral-dress", showing: "dress-floral-01", on: .bedSheet(.slate), turned: -11),
            query("striped-shirt", showing: "shirt-striped-01", on: .floorboards, turned: 9),
            query("checked-trousers", showing: "trousers-checked-01", on: .tiles(.terracotta), turned: -7),
        ].compactMap(\.self)
    }

    private func query(
        _ name: String, showing product: String, on backdrop: Scene.Backdrop, turned turn: Double
    ) -> Picture? {
        guard let shown = products.first(where: { $0.name == product }) else { return nil }
        return Picture(
            file: "queries/\(name).jpg", isJPEG: true,
            scene: { .customerPhoto(of: shown, on: backdrop, turned: turn) })
    }
}
