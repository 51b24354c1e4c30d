import Testing

@testable import Networks

@Suite struct U2NetPTests {
    @Test func saysWhatItTakesAndGives() throws {
        let graph = try U2NetP().outline(of: .mask)
        #expect(graph.inputs.map(\.shape) == [[nil, 3, 320, 320]])
        #expect(graph.outputs.map(\.shape) == [[nil, 320 * 320]])
        #expect(graph.weights.count == 2 * 119)
    }

    /// Figure 5 of the paper: so many layers on the way down, and one fewer on the way up.
    @Test func knowsItsLayersInTheirOrder() throws {
        let named = try U2NetP().outline(of: .mask).weights.map(\.name).filter { $0.hasSuffix(".weight") }
        #expect(named.dropLast(7) == U2NetP.layers.map { $0 + ".weight" }[...])
        #expect(U2NetP.layers.count == 14 + 12 + 10 + 8 + 8 + 8 + 8 + 8 + 10 + 12 + 14)
        #expect(Set(U2NetP.layers).count == U2NetP.layers.count)
    }

    /// 1.13 million, as its authors count them without the normalizations.
    @Test func isSmall() throws {
        let numbers = try U2NetP().outline(of: .mask).weights.reduce(0) { $0 + $1.shape.reduce(1, *) }
        #expect((1_125_000...1_135_000).contains(numbers))
    }
}
