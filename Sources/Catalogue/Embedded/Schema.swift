import Foundation
import GRDB

/// The tables of the catalogue, and how older ones become the present ones.
enum Schema {
    /// Marks the file as a catalogue of Lookalike (SQLite's `application_id`).
    static let applicationID = 0x4C6B_616C

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("photos and their embeddings") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: tables)
        }
        // Keys are checked as rows are written: to check all of them afterwards would read the whole file.
        migrator.registerMigration("changes of embeddings are logged", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: changes)
            try database.execute(literal: "INSERT INTO identity (identifier) VALUES (\(UUID().uuidString))")
        }
        migrator.registerMigration("numbers of contents are not used again") { database in
            try database.execute(sql: lastingContents)
        }
        migrator.registerMigration("local features", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: localFeatures)
        }
        return migrator
    }

    /// Embeddings belong to contents, not to files: a photo that is moved, copied or renamed keeps its own.
    /// Paths are blobs, since a file's name need not be text. Times are nanoseconds since 1970.
    private static let tables = """
        CREATE TABLE root (
            id INTEGER PRIMARY KEY,
            path BLOB NOT NULL UNIQUE
        );
        CREATE TABLE content (
            id INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            unusedSince INTEGER
        );
        CREATE TABLE photo (
            id INTEGER PRIMARY KEY,
            path BLOB NOT NULL UNIQUE,
            contentID INTEGER NOT NULL REFERENCES content (id),
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            inode INTEGER NOT NULL
        );
        CREATE INDEX photoByContent ON photo (contentID);
        CREATE TABLE fault (
            contentID INTEGER PRIMARY KEY REFERENCES content (id) ON DELETE CASCADE,
            reason TEXT NOT NULL,
            judge TEXT NOT NULL
        );
        CREATE TABLE space (
            id INTEGER PRIMARY KEY,
            identity TEXT NOT NULL UNIQUE,
            dimension INTEGER NOT NULL
        );
        CREATE TABLE embedding (
            contentID INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
            spaceID INTEGER NOT NULL REFERENCES space (id) ON DELETE CASCADE,
            vector BLOB NOT NULL,
            UNIQUE (spaceID, contentID)
        );
        """

    /// Those that a model makes go with its space; others have none.
    private static let localFeatures = """
        CREATE TABLE localKind (
            id INTEGER PRIMARY KEY,
            identity TEXT NOT NULL UNIQUE,
            spaceID INTEGER REFERENCES space (id) ON DELETE CASCADE
        );
        CREATE INDEX localKindBySpace ON localKind (spaceID);
        CREATE TABLE localFeature (
            contentID INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
            kindID INTEGER NOT NULL REFERENCES localKind (id) ON DELETE CASCADE,
            value BLOB NOT NULL,
            UNIQUE (kindID, contentID)
        );
        CREATE INDEX localFeatureByContent ON localFeature (contentID);
        """
}
