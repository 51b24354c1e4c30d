import Testing

@testable import Imaging

@Suite struct OKLabTests {
    private func isNear(_ colour: OKLab, _ lightness: Float, _ a: Float, _ b: Float) -> Bool {
        colour.distance(to: OKLab(lightness: lightness, a: a, b: b)) < 2e-4
    }

    /// As CSS Color 4 has them.
    @Test func isReadAsPeopleWriteIt() throws {
        #expect(OKLab(named: "#7a1f2b") == OKLab(red: 0x7A, green: 0x1F, blue: 0x2B))
        #expect(OKLab(named: "Grey") == OKLab(named: "gray") && OKLab(named: "navy") != nil)
        for text in ["", "#", "#12345", "#1234567", "7a1f2b", "#gggggg", "plaid", "#+12345"] {
            #expect(OKLab(named: text) == nil, "\(text)")
        }
        #expect(OKLab.knownNames.allSatisfy { OKLab(named: $0) != nil })
        #expect(OKLab(named: "#7A1f2b")?.hexadecimal == "#7a1f2b" && OKLab(named: "navy")?.hexadecimal == "#1e2846")
    }

    @Test func levelsAreThoseItWasMadeOf() {
        for red in stride(from: 0, through: 255, by: 15) {
            for green in stride(from: 0, through: 255, by: 51) {
                for blue in stride(from: 0, through: 255, by: 17) {
                    let levels = OKLab(red: UInt8(red), green: UInt8(green), blue: UInt8(blue)).levels
                    #expect(abs(Int(levels.red) - red) <= 1 && abs(Int(levels.green) - green) <= 1)
                    #expect(abs(Int(levels.blue) - blue) <= 1)
                }
            }
        }
    }

    @Test func isThatOfOthers() {
        #expect(isNear(OKLab(red: 0, green: 0, blue: 0), 0, 0, 0))
        #expect(isNear(OKLab(red: 255, green: 255, blue: 255), 1, 0, 0))
        #expect(isNear(OKLab(red: 255, green: 0, blue: 0), 0.62796, 0.22486, 0.12585))
        #expect(isNear(OKLab(red: 0, green: 255, blue: 0), 0.86644, -0.23389, 0.17950))
        #expect(isNear(OKLab(red: 0, green: 0, blue: 255), 0.45201, -0.03246, -0.31153))
    }

    @Test func hasNoHueForGreys() {
        for level in stride(from: UInt8(0), through: 250, by: 10) {
            let grey = OKLab(red: level, green: level, blue: level)
            #expect(abs(grey.a) < 1e-4 && abs(grey.b) < 1e-4)
        }
    }

    @Test func risesWithLight() {
        let lightness = (0...255).map { OKLab(red: UInt8($0), green: UInt8($0 / 2), blue: UInt8($0 / 3)).lightness }
        #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 < $1 })
    }
}
