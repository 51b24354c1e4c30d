/// Where the folds of a garment fall.
enum Drape {
    /// Folds that open from a waist to a hem.
    static func hanging(
        _ count: Int, from waist: Point, to hem: Point, width: Double, random: inout SplitMix64
    ) -> [Fold] {
        (0..<count).map { index in
            let share = ((Double(index) + random.number(0.25, 0.75)) / Double(count)) * 2 - 1
            let start = random.number(0.02, 0.45)
            let top = Point(share * waist.x, waist.y).towards(Point(share * hem.x, hem.y), start)
            return Fold(
                from: top, to: Point(share * hem.x + random.number(-4, 4), hem.y + 8),
                width: width * random.number(0.6, 1.3), depth: random.number(0.5, 1), bend: random.number(-5, 5))
        }
    }

    /// Short wrinkles that start from where cloth is held, as at an armpit or a crotch.
    static func pulled(
        _ count: Int, from origin: Point, towards angle: Double, spread: Double, length: Double,
        random: inout SplitMix64
    ) -> [Fold] {
        (0..<count).map { index in
            let share = count > 1 ? Double(index) / Double(count - 1) - 0.5 : 0
            let reach = Point(length * random.number(0.6, 1.15), towards: angle + share * spread + random.number(-5, 5))
            return Fold(
                from: origin + reach, to: origin + reach * 0.08, width: random.number(4, 7),
                depth: random.number(0.45, 0.8), bend: random.number(-6, 6))
        }
    }

    /// Wrinkles across a tube of cloth, as at an elbow or a knee.
    static func across(
        _ count: Int, between outer: Point, and inner: Point, along step: Point, random: inout SplitMix64
    ) -> [Fold] {
        (0..<count).map { index in
            let shift = step * (Double(index) + random.number(-0.3, 0.3))
            let (a, b) = random.chance(0.5) ? (outer, inner) : (inner, outer)
            return Fold(
                from: a.towards(b, random.number(0.55, 0.85)) + shift + step * 0.5, to: a + shift,
                width: random.number(4, 7), depth: random.number(0.4, 0.75), bend: random.number(-4, 4))
        }
    }
}
