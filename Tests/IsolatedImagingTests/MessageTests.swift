import Imaging
import Testing

@testable import IsolatedImaging

@Suite struct MessageTests {
    @Test(arguments: [0, 1, 1000]) func comesOutAsItWentIn(length: Int) throws {
        let message = Message(
            DecodingRequest(detail: .fitting(ImageSize(width: 3, height: 4)), megapixelLimit: 7),
            body: [UInt8](repeating: 9, count: length))
        let bytes = try message.bytes
        let lengths = MessageLengths(bytes[..<MessageLengths.byteCount])
        let read = try Message<DecodingRequest>(bytes[MessageLengths.byteCount...], lengths)
        #expect(lengths.total == bytes.count - MessageLengths.byteCount)
        #expect(read.head.detail == message.head.detail && read.head.megapixelLimit == 7 && read.body == message.body)
    }

    @Test func everyReasonComesThrough() throws {
        for reason in [
            ImageError.empty, .notAPicture(resembles: "a ZIP archive"), .notAPicture(resembles: nil), .damaged(.webp),
            .tooLarge(ImageSize(width: 9, height: 9), megapixelLimit: 1), .undrawable(reason: "x"), .exhausting,
        ] {
            let bytes = try Message(DecodingAnswer.refused(reason)).bytes
            let lengths = MessageLengths(bytes[..<MessageLengths.byteCount])
            guard case .refused(let read) = try Message<DecodingAnswer>(bytes[8...], lengths).head else {
                Issue.record("no reason")
                return
            }
            #expect(read == reason)
        }
    }
}
