import CVips

extension VipsPicture {
    /// The photo as it is meant to be seen: reduced by a whole factor, sRGB, opaque, upright, three bytes a pixel.
    consuming func photo(reducedBy factor: Int) throws(VipsFailure) -> PixelImage {
        // Averaging before the transparent parts are white would mix in the colours that hide there.
        let opaque = hasAlpha ? try inSRGB().flattened().shrunk(by: factor) : try shrunk(by: factor).inSRGB()
        let upright = try opaque.inThreeBytes().upright()
        let size = upright.size
        return PixelImage(width: size.width, height: size.height, pixels: try upright.bytes())
    }

    /// Averages squares of `factor` by `factor` pixels, or what there is of them.
    consuming func shrunk(by factor: Int) throws(VipsFailure) -> VipsPicture {
        let (across, down) = (min(factor, size.width), min(factor, size.height))
        guard across > 1 || down > 1 else { return self }
        return try applying { cvips_shrink($0, $1, CInt(across), CInt(down)) }
    }

    private consuming func inSRGB() throws(VipsFailure) -> VipsPicture {
        if isCMYK, !hasProfile { return try applying(cvips_convert_plain_cmyk_to_srgb) }
        let converted = try convertingProfile()
        return converted.isSRGB ? converted : try converted.applying(cvips_convert_to_srgb)
    }

    /// A profile that cannot be used is ignored, as browsers do.
    private consuming func convertingProfile() throws(VipsFailure) -> VipsPicture {
        guard hasProfile, !(isSRGB && withProfile(ICCProfile.isSRGB) == true) else { return self }
        do throws(VipsFailure) { return try applying(cvips_convert_profile_to_srgb) } catch { return self }
    }

    private consuming func flattened() throws(VipsFailure) -> VipsPicture {
        try applying(cvips_flatten_on_white)
    }

    private consuming func inThreeBytes() throws(VipsFailure) -> VipsPicture {
        let colours = bands == PixelImage.channels ? self : try applying { cvips_keep_bands($0, $1, 3) }
        return colours.isEightBit ? colours : try colours.applying(cvips_cast_to_bytes)
    }

    private consuming func upright() throws(VipsFailure) -> VipsPicture {
        isUpright ? self : try inMemory().applying(cvips_turn_upright)
    }
}
