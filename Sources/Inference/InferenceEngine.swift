public import Networks
public import SystemPackage

/// A library that computes networks, found on this machine and opened.
public protocol InferenceEngine: Sendable {
    /// What the user calls it.
    static var name: EngineName { get }

    /// The file that was opened.
    var path: FilePath { get }

    /// By the library's own word.
    var version: String { get }

    /// Throws where this machine, or this library, does not compute in that way.
    func check(_ settings: SessionSettings) throws(InferenceError)

    /// Makes a network ready to run. Throws what `check` does, and where the model cannot be computed.
    func session(of model: any ExecutableModel, settings: SessionSettings) throws(InferenceError)
        -> any InferenceSession
}

/// A network made ready to run on one device; may be run from several tasks at once.
public protocol InferenceSession: AnyObject, Sendable {
    /// How many photos it computes fastest at once; any number can be run.
    var batchSize: Int { get }

    /// Whether it computes on a device apart from the processors, which is one for all tasks; else each run computes on the
    /// processor of the task that asks for it.
    var isOnDevice: Bool { get }

    /// Lends memory for the numbers of a run, such as the device reads fastest.
    func withMemory<T>(for count: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws(InferenceError) -> T)
        throws(InferenceError) -> T

    /// Runs the network on `values`, shaped as the graph's one input is; returns its one output.
    func run(_ values: UnsafeMutableBufferPointer<Float>, shape: [Int]) throws(InferenceError) -> [Float]
}

extension InferenceSession {
    /// It computes on processors.
    public var isOnDevice: Bool { false }

    /// Memory as any other.
    public func withMemory<T>(for count: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws(InferenceError) -> T)
        throws(InferenceError) -> T
    {
        try withPlainMemory(for: count, body)
    }

    func withPlainMemory<T>(
        for count: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws(InferenceError) -> T
    ) throws(InferenceError) -> T {
        let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
        defer { values.deallocate() }
        return try body(values)
    }
}

/// How a network is to be computed.
public struct SessionSettings: Sendable, Hashable {
    /// Where.
    public var device: Device
    /// In which numbers.
    public var precision: Precision
    /// How many threads each run computes on.
    public var threads: Int
    /// How many tasks will run the network at once; an engine with threads of its own has so many sets of them.
    public var concurrentRuns: Int

    /// Whether so many photos are to come that the time in which an engine starts does not count.
    public var isForMany = false

    /// As one task at a time would want it for a few photos, unless said otherwise.
    public init(device: Device = .auto, precision: Precision = .auto, threads: Int = 1, concurrentRuns: Int = 1) {
        self.device = device
        self.precision = precision
        self.threads = threads
        self.concurrentRuns = concurrentRuns
    }
}
