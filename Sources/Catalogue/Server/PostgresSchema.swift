/// The tables of a catalogue in a database, and how older ones become the present ones.
///
/// Embeddings of a space lie in a table of their own, `embedding_` and the space's number, since an index needs to know how many
/// numbers they have. It has no key to the contents, so that it may lie on other servers than these: whoever deletes contents
/// deletes their embeddings.
enum PostgresSchema {
    /// Of the tables; a database that says a higher one was made by a later program.
    static var version: Int { migrations.count }

    /// The first half of the keys of all locks that are taken in a database, but for those of loans.
    static let lockClass: Int32 = 0x4C6B_616C
    /// The same of the locks of those who have photos on loan.
    static let loanLockClass: Int32 = lockClass + 1

    /// Each makes of one version the next.
    static let migrations = [tables, loans, cluster, types]

    /// Paths are bytes, since a file's name need not be text. Times are nanoseconds since 1970, but for `unused_since`.
    private static let tables = """
        CREATE EXTENSION IF NOT EXISTS vector;
        CREATE SCHEMA IF NOT EXISTS lookalike;
        CREATE TABLE lookalike.catalogue (
            is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
            version integer NOT NULL,
            identifier uuid NOT NULL
        );
        INSERT INTO lookalike.catalogue (version, identifier) VALUES (1, gen_random_uuid());
        CREATE TABLE lookalike.root (path bytea PRIMARY KEY);
        CREATE TABLE lookalike.content (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
            unused_since timestamptz
        );
        CREATE INDEX content_unused ON lookalike.content (unused_since) WHERE unused_since IS NOT NULL;
        CREATE TABLE lookalike.photo (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            path bytea NOT NULL UNIQUE,
            content bigint NOT NULL REFERENCES lookalike.content (id),
            size bigint NOT NULL,
            modified bigint NOT NULL,
            changed bigint NOT NULL,
            inode bigint NOT NULL
        );
        CREATE INDEX photo_content ON lookalike.photo (content);
        CREATE INDEX photo_modified ON lookalike.photo (modified);
        CREATE TABLE lookalike.fault (
            content bigint PRIMARY KEY REFERENCES lookalike.content (id) ON DELETE CASCADE,
            reason text NOT NULL,
            judge text NOT NULL
        );
        CREATE TABLE lookalike.space (
            id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            identity text NOT NULL UNIQUE,
            dimension integer NOT NULL
        );
        CREATE TABLE lookalike.task (
            space integer NOT NULL REFERENCES lookalike.space (id) ON DELETE CASCADE,
            path bytea NOT NULL,
            size bigint NOT NULL,
            holder text,
            until timestamptz,
            PRIMARY KEY (space, path)
        );
        CREATE INDEX task_holder ON lookalike.task (holder) WHERE holder IS NOT NULL;
        CREATE TABLE lookalike.claim (
            space integer NOT NULL REFERENCES lookalike.space (id) ON DELETE CASCADE,
            digest bytea NOT NULL,
            holder text NOT NULL,
            until timestamptz NOT NULL,
            PRIMARY KEY (space, digest)
        );
        CREATE INDEX claim_holder ON lookalike.claim (holder);
        CREATE TABLE lookalike.tuning (
            space integer NOT NULL REFERENCES lookalike.space (id) ON DELETE CASCADE,
            name text NOT NULL,
            wanted double precision NOT NULL,
            embeddings double precision NOT NULL,
            candidates integer NOT NULL,
            mean double precision NOT NULL,
            lower double precision NOT NULL,
            upper double precision NOT NULL,
            PRIMARY KEY (space, name, wanted)
        );
        CREATE TABLE lookalike.local_kind (
            id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            identity text NOT NULL UNIQUE,
            space integer REFERENCES lookalike.space (id) ON DELETE CASCADE
        );
        CREATE TABLE lookalike.local_feature (
            kind integer NOT NULL REFERENCES lookalike.local_kind (id) ON DELETE CASCADE,
            content bigint NOT NULL REFERENCES lookalike.content (id) ON DELETE CASCADE,
            value bytea NOT NULL,
            PRIMARY KEY (kind, content)
        );
        CREATE INDEX local_feature_content ON lookalike.local_feature (content);
        """

    /// Who has photos on loan is a number, which a lock can have as its key.
    private static let loans = """
        DELETE FROM lookalike.claim;
        ALTER TABLE lookalike.claim ALTER COLUMN holder TYPE integer USING 0;
        ALTER TABLE lookalike.task ALTER COLUMN holder TYPE integer USING NULL::integer;
        UPDATE lookalike.task SET until = NULL;
        UPDATE lookalike.catalogue SET version = 2;
        """

    /// What embeddings are spread over, where they are.
    private static let cluster = """
        CREATE TABLE lookalike.cluster (
            is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
            revision bigint NOT NULL,
            deadline double precision NOT NULL
        );
        CREATE TABLE lookalike.shard (
            number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL UNIQUE,
            address text NOT NULL
        );
        CREATE TABLE lookalike.slot (
            number integer PRIMARY KEY,
            shard integer NOT NULL REFERENCES lookalike.shard (number)
        );
        UPDATE lookalike.catalogue SET version = 3;
        """

    /// What models take photos for: of a space that `has_types`, the type of each embedding is there.
    private static let types = """
        CREATE TABLE lookalike.garment (
            space integer NOT NULL REFERENCES lookalike.space (id) ON DELETE CASCADE,
            content bigint NOT NULL REFERENCES lookalike.content (id) ON DELETE CASCADE,
            type smallint NOT NULL,
            PRIMARY KEY (content, space)
        );
        CREATE INDEX garment_type ON lookalike.garment (space, type, content);
        \(grants(onAll: "SELECT 'lookalike.' || unnest(ARRAY['cluster', 'shard', 'slot', 'garment'])"))
        ALTER TABLE lookalike.space ADD COLUMN has_types boolean NOT NULL DEFAULT false;
        UPDATE lookalike.catalogue SET version = 4;
        """

    /// Whoever was granted something on contents, of the first version, is granted it on all that a query names.
    static func grants(onAll names: String) -> String {
        """
        DO $$
        DECLARE granted record;
        BEGIN
            FOR granted IN
                SELECT format('GRANT %s ON %s TO %s', privilege_type, made.name,
                    CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END) AS statement
                FROM pg_class, aclexplode(relacl), (\(names)) AS made (name)
                WHERE pg_class.oid = 'lookalike.content'::regclass AND grantee <> relowner
            LOOP
                EXECUTE granted.statement;
            END LOOP;
        END
        $$;
        """
    }
}
