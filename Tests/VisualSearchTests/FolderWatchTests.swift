import Foundation
import SystemPackage
import TestSupport
import Testing
import VisualSearch

#if canImport(Glibc)
    @Suite struct FolderWatchTests {
        private let folder = TemporaryFolder()

        private func watch() throws -> FolderWatch {
            try folder.write([1], to: "shop/inner/1.png")
            var watch = FolderWatch()
            watch.watch(folder.appending("shop"))
            _ = watch.takeChanges()
            return watch
        }

        private func expect(_ watch: inout FolderWatch, hears expected: Bool) {
            let (isComplete, heard) = (watch.isComplete, watch.takeChanges())
            #expect(isComplete && heard == expected)
        }

        @Test func hearsOfNothingWhereNothingHappens() throws {
            var watch = try watch()
            expect(&watch, hears: false)
        }

        @Test func hearsOfFilesThatComeChangeAndGo() throws {
            var watch = try watch()
            try folder.write([2], to: "shop/inner/2.png")
            expect(&watch, hears: true)
            expect(&watch, hears: false)
            try folder.write([3], to: "shop/inner/2.png")
            expect(&watch, hears: true)
            try folder.remove("shop/inner/2.png")
            expect(&watch, hears: true)
        }

        @Test func hearsOfWhatHappensInNewFolders() throws {
            var watch = try watch()
            try folder.write([1], to: "shop/new/inner/1.png")
            expect(&watch, hears: true)
            try folder.write([2], to: "shop/new/inner/2.png")
            expect(&watch, hears: true)
            try folder.remove("shop/new")
            expect(&watch, hears: true)
            try folder.write([2], to: "shop/new/2.png")
            expect(&watch, hears: true)
            try folder.write([3], to: "shop/new/3.png")
            expect(&watch, hears: true)
        }

        @Test func hearsOfFoldersThatAreMovedIn() throws {
            var watch = try watch()
            try folder.write([1], to: "elsewhere/1.png")
            try FileManager.default.moveItem(
                atPath: folder.appending("elsewhere").string, toPath: folder.appending("shop").appending("moved").string
            )
            expect(&watch, hears: true)
            try folder.write([2], to: "shop/moved/2.png")
            expect(&watch, hears: true)
        }

        @Test func hearsOfAFolderThatIsMadeAnewWhereOneWasMovedAway() throws {
            var watch = try watch()
            try FileManager.default.moveItem(
                atPath: folder.appending("shop").appending("inner").string, toPath: folder.appending("away").string)
            expect(&watch, hears: true)
            try folder.write([2], to: "away/2.png")
            expect(&watch, hears: false)
            try folder.write([2], to: "shop/inner/2.png")
            expect(&watch, hears: true)
            try folder.write([3], to: "shop/inner/3.png")
            expect(&watch, hears: true)
        }

        @Test func aFolderThatComesLaterIsNews() throws {
            var watch = FolderWatch()
            watch.watch(folder.appending("late"))
            expect(&watch, hears: false)
            try folder.write([1], to: "late/1.png")
            watch.watch(folder.appending("late"))
            expect(&watch, hears: true)
        }

        @Test func aFolderThatIsNotThereIsNoTrouble() throws {
            var watch = FolderWatch()
            watch.watch(folder.appending("nothing"))
            expect(&watch, hears: false)
        }
    }
#endif
