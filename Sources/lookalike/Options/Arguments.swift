public import ArgumentParser
public import Embedders
public import Imaging
public import Inference
public import Networks
public import SystemPackage
public import Vectors
public import VisualSearch

// What the program's words stand for, understood as options' values.

// The program is the only one to know both, and no library of it can clash.
// swift-format-ignore: AvoidRetroactiveConformances
extension FilePath: @retroactive ExpressibleByArgument {
    /// Never `nil`: any text is a path, and whether something is there shows when it is opened.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension Framing: ExpressibleByArgument {}
extension Features: ExpressibleByArgument {
    /// A mask describes no photo.
    public static var allValueStrings: [String] { descriptions.map(\.rawValue) }
}
extension CutOut: ExpressibleByArgument {}
extension Recipe: ExpressibleByArgument {}
extension Device: ExpressibleByArgument {}
extension EngineName: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
extension ModelCard.Pooling: ExpressibleByArgument {}
extension GarmentType: ExpressibleByArgument {}
extension Match: ExpressibleByArgument {}

extension Metric: ExpressibleByArgument {
    /// The original program spelt it ‘euclidian’.
    public init?(argument: String) {
        self.init(rawValue: argument == "euclidian" ? "euclidean" : argument)
    }
}
