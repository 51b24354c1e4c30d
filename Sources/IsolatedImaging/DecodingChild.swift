import CConfinement
import Imaging
import SystemPackage

/// The process that decodes photos of strangers, and nothing else: what a hostile file does to it, it does to nobody else.
public enum DecodingChild {
    /// A hundred megapixels take less than a half of it.
    private static let memoryLimit: UInt64 = 3 << 30
    private static let fileLimit: UInt64 = 64

    /// Answers requests on standard output as they come on standard input, until that ends. Throws where either breaks off.
    public static func run() throws {
        confine_process(memoryLimit, fileLimit)
        while let request = try next() {
            let answer = Self.answer(to: request)
            _ = try FileDescriptor.standardOutput.writeAll(answer.bytes)
        }
    }

    private static func next() throws -> Message<DecodingRequest>? {
        let start = try FileDescriptor.standardInput.read(exactly: MessageLengths.byteCount)
        guard let start else { return nil }
        let lengths = MessageLengths(start[...])
        guard let rest = try FileDescriptor.standardInput.read(exactly: lengths.total) else { return nil }
        return try Message(rest[...], lengths)
    }

    private static func answer(to request: Message<DecodingRequest>) -> Message<DecodingAnswer> {
        let decoder = ImageDecoder(megapixelLimit: request.head.megapixelLimit)
        do throws(ImageError) {
            let picture = try decoder.decode(request.body, request.head.detail)
            return Message(.picture(picture.size), body: picture.pixels)
        } catch {
            return Message(.refused(error))
        }
    }
}

extension FileDescriptor {
    /// `nil` where it has ended before.
    fileprivate func read(exactly count: Int) throws -> [UInt8]? {
        let bytes = try [UInt8](unsafeUninitializedCapacity: count) { bytes, done in
            while done < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[done...])
                let more = try read(into: rest)
                if more == 0 { break }
                done += more
            }
        }
        return bytes.count == count ? bytes : nil
    }
}
