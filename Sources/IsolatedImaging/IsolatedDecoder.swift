public import Imaging
import Subprocess
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Decodes photos of strangers in processes of their own, which have little memory and little time, and are replaced when one
/// breaks: see `DecodingChild`.
///
/// Nothing is decoded but while `run()` runs.
public struct IsolatedDecoder: PhotoDecoding {
    /// Photos with more millions of pixels are refused.
    public let megapixelLimit: Int
    private let program: FilePath
    private let arguments: [String]
    private let children: Int
    private let timeLimit: Duration
    private let jobs = JobQueue()

    /// A child is replaced after so many photos, in case that something leaks in it.
    private static let photosEach = 1000

    /// What libraries are found by, and nothing that is anybody's secret.
    private static let environment: [Environment.Key: String] = {
        let inherited = ["PATH", "LD_LIBRARY_PATH", "HOME"].compactMap { name in
            getenv(name).map { (Environment.Key(stringLiteral: name), String(cString: $0)) }
        }
        return Dictionary(inherited + [("VIPS_CONCURRENCY", "1")]) { $1 }
    }()

    /// `program` with `arguments` is what runs `DecodingChild.run()`; so many of it run at once, and each may take so long for
    /// one photo.
    public init(
        program: FilePath, arguments: [String], children: Int, megapixelLimit: Int = 100,
        timeLimit: Duration = .seconds(10)
    ) {
        (self.program, self.arguments, self.children) = (program, arguments, children)
        (self.megapixelLimit, self.timeLimit) = (megapixelLimit, timeLimit)
    }

    /// Throws an `ImageError`: `.exhausting` where the child took too much, or broke.
    public func decode(_ bytes: [UInt8], _ detail: PhotoDetail) async throws -> PixelImage {
        let request = Message(DecodingRequest(detail: detail, megapixelLimit: megapixelLimit), body: bytes)
        return try await jobs.result(of: request)
    }

    /// Keeps the children until the task is cancelled.
    public func run() async {
        // A child that is gone while it is written to is an error, and no reason to end.
        signal(SIGPIPE, SIG_IGN)
        await withDiscardingTaskGroup { group in
            for _ in 0..<children { group.addTask { await keepChild() } }
        }
        await jobs.end()
    }

    private func keepChild() async {
        while !Task.isCancelled {
            do { try await runChild() } catch { try? await Task.sleep(for: .milliseconds(100)) }
        }
    }

    private func runChild() async throws {
        var options = PlatformOptions()
        options.teardownSequence = []
        _ = try await Subprocess.run(
            .path(program), arguments: Arguments(arguments), environment: .custom(Self.environment),
            platformOptions: options, input: .inputWriter, output: .sequence, error: .discarded
        ) { execution in
            var answers = AnswerReader(
                execution.standardOutput, byteLimit: megapixelLimit * 1_000_000 * PixelImage.channels + 65_536)
            for _ in 0..<Self.photosEach {
                guard let job = await jobs.next() else { return }
                switch await outcome(of: job.request, by: execution, &answers) {
                case .answered(let result): job.answer.resume(with: result)
                case .gone where job.tries <= children: return await jobs.putBack(job)
                case .gone, .killed: return job.answer.resume(throwing: ImageError.exhausting)
                }
            }
        }
    }

    /// What became of a job.
    private enum Outcome {
        case answered(Result<PixelImage, any Error>)
        /// The child ended by itself, which it may have done before.
        case gone
        /// It took too long.
        case killed
    }

    private func outcome(
        of request: Message<DecodingRequest>, by child: Execution<CustomWriteInput, SequenceOutput, DiscardedOutput>,
        _ answers: inout AnswerReader
    ) async -> Outcome {
        let end = ContinuousClock.now + timeLimit
        let clock = Task {
            try await Task.sleep(until: end)
            kill(child.processIdentifier.value, SIGKILL)
        }
        defer { clock.cancel() }
        do {
            _ = try await child.standardInputWriter.write(try request.bytes)
            let answer = try await answers.next()
            return .answered(Result { try answer.picture })
        } catch {
            // One that answers nonsense may go on for ever.
            kill(child.processIdentifier.value, SIGKILL)
            return ContinuousClock.now < end ? .gone : .killed
        }
    }
}

extension Message<DecodingAnswer> {
    fileprivate var picture: PixelImage {
        get throws(ImageError) {
            switch head {
            case .refused(let error): throw error
            case .picture(let size):
                // A child that is no longer its own may claim any size.
                let (area, overflow) = size.width.multipliedReportingOverflow(by: size.height)
                guard size.width > 0, size.height > 0, !overflow, area <= body.count,
                    body.count == area * PixelImage.channels
                else { throw .exhausting }
                return PixelImage(width: size.width, height: size.height, pixels: body)
            }
        }
    }
}
