extension Schema {
    /// Triggers log what is done to embeddings, whoever does it. When a space goes, its log goes with it: then it is
    /// too late to log the removal of its embeddings, and no one needs it.
    ///
    /// A new space begins with a number of its own in the log, so that what was read of a space of the same name
    /// that is gone is told from what is read of this one. Nothing keeps the space's id, which may be used again.
    static let changes = """
        CREATE TABLE identity (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            identifier TEXT NOT NULL
        );
        CREATE TABLE segment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            spaceID INTEGER NOT NULL REFERENCES space (id) ON DELETE CASCADE,
            name TEXT NOT NULL UNIQUE,
            sequence INTEGER NOT NULL,
            rows INTEGER NOT NULL
        );
        CREATE INDEX segmentBySpace ON segment (spaceID);
        CREATE TABLE change (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            spaceID INTEGER NOT NULL REFERENCES space (id) ON DELETE CASCADE,
            contentID INTEGER NOT NULL,
            isRemoval INTEGER NOT NULL
        );
        CREATE INDEX changeBySpace ON change (spaceID, sequence);
        CREATE INDEX embeddingByContent ON embedding (contentID);
        ALTER TABLE space ADD COLUMN prunedTo INTEGER NOT NULL DEFAULT 0;

        INSERT INTO sqlite_sequence (name, seq) VALUES ('change', 0);
        INSERT INTO change (spaceID, contentID, isRemoval)
            SELECT spaceID, contentID, 0 FROM embedding ORDER BY spaceID, contentID;

        CREATE TRIGGER spaceAdded AFTER INSERT ON space BEGIN
            UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'change';
            UPDATE space SET prunedTo = (SELECT seq FROM sqlite_sequence WHERE name = 'change') WHERE id = NEW.id;
        END;
        CREATE TRIGGER embeddingAdded AFTER INSERT ON embedding BEGIN
            INSERT INTO change (spaceID, contentID, isRemoval) VALUES (NEW.spaceID, NEW.contentID, 0);
        END;
        CREATE TRIGGER embeddingRemoved AFTER DELETE ON embedding
        WHEN EXISTS (SELECT 1 FROM space WHERE id = OLD.spaceID) BEGIN
            INSERT INTO change (spaceID, contentID, isRemoval) VALUES (OLD.spaceID, OLD.contentID, 1);
        END;
        CREATE TRIGGER embeddingReplaced AFTER UPDATE ON embedding BEGIN
            INSERT INTO change (spaceID, contentID, isRemoval) VALUES (OLD.spaceID, OLD.contentID, 1);
            INSERT INTO change (spaceID, contentID, isRemoval) VALUES (NEW.spaceID, NEW.contentID, 0);
        END;
        """

    /// An index names contents by their numbers, and asks for their photos later. What went meanwhile must not be
    /// mistaken for what came.
    static let lastingContents = """
        CREATE TABLE lastingContent (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            digest BLOB NOT NULL UNIQUE,
            unusedSince INTEGER
        );
        INSERT INTO lastingContent (id, digest, unusedSince) SELECT id, digest, unusedSince FROM content;
        DROP TABLE content;
        ALTER TABLE lastingContent RENAME TO content;
        """
}
