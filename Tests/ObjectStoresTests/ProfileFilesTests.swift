import Testing

@testable import ObjectStores

@Suite struct ProfileFilesTests {
    @Test func readsWhatStandsUnderOneNameAlone() {
        let text = """
            # [shop]
            region = nowhere
            [ profile   shop ]
            Region = eu-west-1
            ; region = nowhere
            s3 =
              region = nowhere
            secret=a=b
            [profile shopping]
            region = nowhere
            """
        #expect(
            ProfileFiles.settings(of: "profile shop", in: text) == ["region": "eu-west-1", "s3": "", "secret": "a=b"])
    }

    @Test(arguments: ["", "[", "]", "=", "[shop", "[shop]", "[shop]\n=", "\u{0}", "[shop]\r\nno sign\r\n"])
    func takesAnythingForAFile(text: String) {
        #expect(ProfileFiles.settings(of: "shop", in: text).filter { !$0.key.isEmpty }.isEmpty)
    }
}
