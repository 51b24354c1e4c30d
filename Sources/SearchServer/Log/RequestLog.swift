import HTTPTypes
import Hummingbird
import Logging

/// Gives each request a line in the log when it is answered, and counts it. Turns whatever goes wrong into an answer.
struct RequestLog: RouterMiddleware {
    let metrics: ServerMetrics

    func handle(_ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response)
        async throws -> Response
    {
        let start = ContinuousClock.now
        metrics.begin()
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = try answer(to: error, context)
        }
        let duration = start.duration(to: .now)
        let route = context.endpointPath ?? "none"
        metrics.end(
            ServerMetrics.Kind(method: request.method.rawValue, route: route, status: response.status.code),
            after: duration)
        response.headers[.xRequestID] = context.id
        context.logger.log(
            level: response.status.code >= 500 ? .error : .info, "request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(request.uri.path)",
                "status": "\(response.status.code)", "milliseconds": "\(duration.milliseconds)",
            ])
        return response
    }

    private func answer(to error: any Error, _ context: ServerContext) throws -> Response {
        switch error {
        case is Admission.Full:
            metrics.refuse()
            return try Problem(.busy, "Too many wait for an answer already: ask again soon.", retryAfter: 1)
                .response(to: context.id)
        case is TooLate:
            return try Problem(.unavailable, "It took longer than this server waits.", retryAfter: 5)
                .response(to: context.id)
        case is CancellationError:
            return try Problem(.unavailable, "The server is ending, or whoever asked has gone.", retryAfter: 5)
                .response(to: context.id)
        default: break
        }
        if let problem = Problem(error) { return try problem.response(to: context.id) }
        context.logger.error("\(error)")
        return try Problem(.failed, "The server failed: its log tells more of request \(context.id).")
            .response(to: context.id)
    }
}

extension HTTPField.Name {
    static let xRequestID = HTTPField.Name("X-Request-ID")!
}
