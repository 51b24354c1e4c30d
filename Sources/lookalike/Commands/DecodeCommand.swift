import ArgumentParser
import IsolatedImaging

/// What `lookalike serve` starts to decode photos that strangers sent: it is of no use to people.
struct DecodeCommand: ParsableCommand {
    static let name = "decode-photos"
    static let configuration = CommandConfiguration(commandName: name, shouldDisplay: false)

    func run() throws { try DecodingChild.run() }
}
