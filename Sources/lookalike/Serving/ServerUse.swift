import ArgumentParser

/// Whether a server that runs is asked.
enum ServerUse: String, ExpressibleByArgument, CaseIterable { case auto, never }
