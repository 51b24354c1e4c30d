import Hashing
public import Inference
public import Networks
public import SystemPackage

extension ModelStore {
    /// Where the integers of a model lie once it is quantized; `nil` for a model without weights.
    ///
    /// They are those of one layer's features, whose neighbours were compared.
    public func quantizedPath(of choice: ModelChoice) -> FilePath? {
        guard let path = path(of: choice.model), let stem = path.stem else { return nil }
        return folder.appending("\(stem)-\(choice.features.rawValue)-int8.safetensors")
    }

    /// A choice of int8 with the file and the engine that decide its numbers; any other choice as it is. Throws where the
    /// model is not quantized.
    public func settled(_ choice: ModelChoice, libraries: InferenceLibraries) throws(EmbedderError) -> ModelChoice {
        if choice.settings.precision == .int8, case .foreign(let network) = choice.model.kind {
            throw .foreign(network.path, reason: "only Lookalike’s own networks are quantized. Leave --precision out")
        }
        guard choice.settings.precision == .int8, let path = quantizedPath(of: choice) else { return choice }
        let engine = choice.engine == .auto ? libraries.plan(.auto, for: choice.settings).engine : choice.engine
        return choice.quantized(try digest(of: path, for: choice), computedBy: engine)
    }

    /// Keeps the integers of a quantized model, and returns where. The new file takes the old one's place at once.
    public func install(_ quantizedWeights: WeightFile, for choice: ModelChoice) throws(EmbedderError) -> FilePath {
        guard let path = quantizedPath(of: choice) else { throw .noWeights(model: choice.model.id) }
        do throws(WeightFileError) {
            try quantizedWeights.writeSafetensors(to: path)
        } catch {
            throw .weights(error)
        }
        return path
    }

    /// Throws where the file is not the one that the choice was settled on.
    func quantizedGraph(of network: any Network, for choice: ModelChoice) throws(EmbedderError) -> Graph {
        guard let path = quantizedPath(of: choice), let expected = choice.quantization else {
            throw .notQuantized(model: choice.model.id, path: quantizedPath(of: choice) ?? folder)
        }
        let weights: WeightFile
        do throws(WeightFileError) { weights = try WeightFile(safetensors: path) } catch { throw .weights(error) }
        guard try digest(of: path, for: choice) == expected else { throw .quantizedAnew(model: choice.model.id) }
        do throws(WeightFileError) {
            return try network.graph(of: choice.source.features, quantizedWeights: weights)
        } catch {
            throw .unreadable(path, reason: "\(error). Run “lookalike models quantize \(choice.model.id)” again")
        }
    }

    private func digest(of path: FilePath, for choice: ModelChoice) throws(EmbedderError) -> SHA256Digest {
        do {
            return try SHA256Digest(ofFileAt: path)
        } catch Errno.noSuchFileOrDirectory {
            throw .notQuantized(model: choice.model.id, path: path)
        } catch {
            throw .unreadable(path, reason: "\(error)")
        }
    }
}
