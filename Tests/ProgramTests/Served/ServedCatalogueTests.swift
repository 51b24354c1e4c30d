import TestSupport
import Testing

/// Catalogues on a server, as the program's users meet them. One after another, since each keeps the processors busy.
@Suite(.serialized, .enabled(if: TestDatabase.isAskedFor, "needs a server")) enum ServedCatalogueTests {}
