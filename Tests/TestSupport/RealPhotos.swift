import Foundation
public import SystemPackage

/// Photos of real garments, which are no part of this repository.
public enum RealPhotos {
    /// `$LOOKALIKE_DATA`, or `shared/data` beside the project.
    public static let folder: FilePath = {
        if let named = ProcessInfo.processInfo.environment["LOOKALIKE_DATA"] { return FilePath(named) }
        return projectFolder.removingLastComponent().appending("shared/data")
    }()

    public static var areThere: Bool { FileManager.default.fileExists(atPath: folder.appending("demo").string) }

    /// What a test says that is skipped for want of them.
    public static var absence: String {
        "no photos at \(folder): set LOOKALIKE_DATA to a folder that has them"
    }

    public static func photo(_ name: String) -> FilePath { folder.pushing(FilePath(name)) }
}

/// The folder that holds Package.swift.
public let projectFolder = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()

/// All bytes of a file.
public func contents(of path: FilePath) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.string)))
}
