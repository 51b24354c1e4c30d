import ServiceLifecycle

/// Keeps the catalogue up to date while the server runs.
struct RefreshService: Service {
    let refreshing: Refreshing
    let beginsAtOnce: Bool

    func run() async throws {
        if beginsAtOnce { await refreshing.begin() }
        await cancelWhenGracefulShutdown { await refreshing.serve() }
    }
}
