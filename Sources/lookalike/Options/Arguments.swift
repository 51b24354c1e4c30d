public import ArgumentParser
public import Imaging
public import Inference
public import Networks
public import SystemPackage
public import Vectors

// What the program's words stand for, understood as options' values.

extension FilePath: @retroactive ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}

extension Framing: ExpressibleByArgument {}
extension Features: ExpressibleByArgument {}
extension Device: ExpressibleByArgument {}

extension Metric: ExpressibleByArgument {
    /// The original program spelt it ‘euclidian’.
    public init?(argument: String) {
        self.init(rawValue: argument == "euclidian" ? "euclidean" : argument)
    }
}
