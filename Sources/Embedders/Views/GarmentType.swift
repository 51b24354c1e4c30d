/// The types that garments are sorted into.
public enum GarmentType: String, Sendable, Hashable, Codable, CaseIterable {
    case dress, hat, longsleeve, outwear, pants, shirt, shoes, shorts, skirt
    case tShirt = "t-shirt"
}
