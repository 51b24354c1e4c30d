import Foundation
import Testing

@testable import SearchServer

@Suite struct ParametersTests {
    private enum Fruit: String, CaseIterable { case apple, pear }

    @Test func readsNamesAndValuesAsFormsWriteThem() throws {
        let parameters = try Parameters(query: "a=1&b=x+y&a=%2B&c&d=%C3%A9")
        #expect(parameters.all("a") == ["1", "+"])
        #expect(try parameters.text("b") == "x y")
        #expect(try parameters.text("c") == "")
        #expect(try parameters.text("d") == "é")
        #expect(try parameters.text("e") == nil)
    }

    @Test(arguments: ["a=%", "a=%zz", "%ff=1", "a=%C3"])
    func refusesWhatIsNoText(query: String) {
        #expect(throws: Problem.self) { try Parameters(query: query) }
    }

    @Test func namesWhatItDoesNotKnow() throws {
        let parameters = try Parameters(query: "colour=red&tpye=dress")
        let problem = #expect(throws: Problem.self) { try parameters.check(allowing: ["colour", "type"]) }
        #expect(problem?.detail.contains("tpye") == true && problem?.detail.contains("colour, type") == true)
    }

    @Test(arguments: ["0", "11", "-1", "1.5", "x", "", "99999999999999999999", " 1"])
    func takesNumbersWithinTheirRangeAlone(text: String) {
        let parameters = Parameters(["k": [text]])
        #expect(throws: Problem.self) { try parameters.integer("k", in: 1...10) }
    }

    @Test(arguments: ["nan", "inf", "-0.1", "1.1", "1e400", "0x1p9"])
    func takesSharesWithinTheirRangeAlone(text: String) {
        let parameters = Parameters(["share": [text]])
        #expect(throws: Problem.self) { try parameters.number("share", in: 0...1) }
    }

    @Test func readsFlagsChoicesAndDays() throws {
        let parameters = try Parameters(query: "x=true&y=0&z&fruit=pear&day=2026-11-25")
        #expect(try parameters.flag("x") == true && parameters.flag("y") == false && parameters.flag("z") == true)
        #expect(try parameters.choice("fruit", of: Fruit.self) == .pear)
        #expect(try parameters.date("day") == Date(timeIntervalSince1970: 1_795_564_800))
        #expect(throws: Problem.self) { try parameters.choice("day", of: Fruit.self) }
        #expect(throws: Problem.self) { try parameters.date("fruit") }
        #expect(throws: Problem.self) { try parameters.flag("fruit") }
    }

    @Test func refusesAValueThatIsThereTwice() throws {
        let parameters = try Parameters(query: "k=1&k=2")
        #expect(throws: Problem.self) { try parameters.integer("k", in: 1...10) }
    }
}
