import Foundation
import SystemPackage
import TestSupport

/// A library that answers as NVIDIA’s driver would, for cards that are not there. Kept for the tests of one process.
enum ImaginaryDriver {
    static let isPossible = FileManager.default.isExecutableFile(atPath: compiler)

    /// `error` is what starting the driver ends with; `version` and `capability` are as CUDA numbers them.
    static func make(in folder: TemporaryFolder, error: Int = 0, version: Int = 13000, capability: Int = 86) throws
        -> FilePath
    {
        let source = try folder.write(Array(source.utf8), to: "driver.c")
        let library = folder.path.appending("driver-\(error)-\(version)-\(capability).so")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: compiler)
        process.arguments = [
            "-shared", "-fPIC", "-DERROR=\(error)", "-DVERSION=\(version)", "-DMAJOR=\(capability / 10)",
            "-DMINOR=\(capability % 10)", "-o", library.string, source.string,
        ]
        try process.run()
        process.waitUntilExit()
        return library
    }

    private static let compiler = "/usr/bin/cc"

    private static let source = """
        #include <stddef.h>
        #include <string.h>
        int cuInit(unsigned flags) { return ERROR; }
        int cuGetErrorString(int error, const char **text) { return *text = "error of an imaginary driver", 0; }
        int cuDriverGetVersion(int *version) { return *version = VERSION, 0; }
        int cuDeviceGetCount(int *count) { return *count = 1, 0; }
        int cuDeviceGet(int *device, int ordinal) { return *device = 7, ordinal; }
        int cuDeviceGetName(char *name, int length, int device) { return strncpy(name, "Imaginary 9000", length), 0; }
        int cuDeviceTotalMem_v2(size_t *bytes, int device) { return *bytes = (size_t)16 << 30, device != 7; }
        int cuDeviceGetAttribute(int *value, int attribute, int device) {
            return *value = attribute == 75 ? MAJOR : attribute == 76 ? MINOR : -1, device != 7;
        }
        """
}
