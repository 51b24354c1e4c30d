import Testing

@testable import Postgres

@Suite struct FirstAnswerTests {
    private struct Failure: Error {}

    @Test func theFirstIsHeardWhetherItComesBeforeOrAfterTheQuestion() async throws {
        let early = FirstAnswer<Int>()
        #expect(early.give(.success(1)))
        #expect(!early.give(.success(2)))
        #expect(try await early.value == 1)
        let late = FirstAnswer<Int>()
        Task {
            try await Task.sleep(for: .milliseconds(20))
            late.give(.success(3))
            late.give(.failure(Failure()))
        }
        #expect(try await late.value == 3)
    }

    @Test func oneOfManyIsHeard() async throws {
        for _ in 0..<200 {
            let answer = FirstAnswer<Int>()
            let given = await withTaskGroup(of: Int?.self) { group in
                for number in 0..<8 { group.addTask { answer.give(.success(number)) ? number : nil } }
                return await group.reduce(into: [Int]()) { if let number = $1 { $0.append(number) } }
            }
            #expect(given.count == 1)
            #expect(try await answer.value == given[0])
        }
    }

    @Test func whoIsCancelledWaitsForNobody() async {
        let answer = FirstAnswer<Int>()
        let asking = Task { try await answer.value }
        asking.cancel()
        await #expect(throws: CancellationError.self) { try await asking.value }
    }
}
