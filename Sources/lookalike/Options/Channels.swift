import ArgumentParser

/// Three numbers with commas between them, or one for all channels.
struct Channels: ExpressibleByArgument {
    let numbers: [Float]

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Float($0) }
        guard [1, 3].contains(numbers.count), !numbers.contains(nil) else { return nil }
        self.numbers = numbers.compactMap(\.self)
    }
}
