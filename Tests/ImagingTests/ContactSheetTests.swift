import Testing

@testable import Imaging

@Suite struct ContactSheetTests {
    private func entry(_ level: Int, _ width: Int, _ height: Int) -> ContactSheet.Entry {
        ContactSheet.Entry(image: .grey(level, width, height), title: "a title", caption: "a caption")
    }

    @Test(arguments: [
        (0, 1, ImageSize(width: 680, height: 661)), (1, 1, ImageSize(width: 680, height: 661)),
        (3, 3, ImageSize(width: 1104, height: 661)), (10, 5, ImageSize(width: 1528, height: 661)),
        (47, 10, ImageSize(width: 2588, height: 1616)),
    ])
    func growsWithTheNumberOfResults(count: Int, columns: Int, size: ImageSize) {
        let layout = ContactSheet.Layout(resultCount: count)
        #expect(layout.columns == columns)
        #expect(layout.size == size)
    }

    @Test(arguments: [1, 3, 10, 47, 1000, 5000])
    func hasAPlaceForEachResult(count: Int) {
        let layout = ContactSheet.Layout(resultCount: count)
        #expect(layout.columns * layout.rows >= count && layout.columns * (layout.rows - 1) < count)
        var taken = Set<[Int]>()
        for index in 0..<count {
            let (left, top) = layout.place(of: index)
            #expect(left > layout.query.width && left + layout.cell.width < layout.size.width)
            #expect(top > 0 && top + layout.rowHeight < layout.size.height)
            taken.insert([left, top])
        }
        #expect(taken.count == count)
    }

    @Test func drawsTheQueryAndWhatWasFound() throws {
        let layout = ContactSheet.Layout(resultCount: 2)
        let sheet = try ContactSheet(
            query: entry(10, layout.query.width, layout.query.height),
            results: [entry(20, layout.cell.width, layout.cell.height), entry(30, 5, 5)]
        ).drawn()
        #expect(sheet.size == layout.size)
        #expect(sheet[ContactSheet.Layout.margin, ContactSheet.Layout.margin] == [10, 10, 10])
        let (first, second) = (layout.place(of: 0), layout.place(of: 1))
        #expect(sheet[first.left, first.top] == [20, 20, 20])
        #expect(sheet[second.left, second.top] == [255, 255, 255])
        #expect(sheet[second.left + layout.cell.width / 2, second.top + layout.cell.height - 1] == [30, 30, 30])
    }

    @Test func drawsAQueryThatFoundNothing() throws {
        #expect(
            try ContactSheet(query: entry(10, 40, 30), results: []).drawn().size == ImageSize(width: 680, height: 661))
    }

    @Test func stacksSheetsFromTheTopDown() {
        let stacked = ContactSheet.stacked([.grey(1, 4, 2), .grey(2, 3, 3)])
        #expect(stacked.size == ImageSize(width: 4, height: 5))
        #expect(stacked[3, 1] == [1, 1, 1] && stacked[2, 2] == [2, 2, 2] && stacked[3, 2] == [255, 255, 255])
    }
}
