// The part of OpenVINO's C interface that Lookalike uses, found by name when the program runs, so that nothing of
// OpenVINO is needed to build it. Declared as in openvino/c of 2026.4; `ov_core_compile_model_props` is the youngest.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ov_core ov_core_t;
typedef struct ov_model ov_model_t;
typedef struct ov_compiled_model ov_compiled_model_t;
typedef struct ov_infer_request ov_infer_request_t;
typedef struct ov_tensor ov_tensor_t;
typedef struct ov_output_const_port ov_output_const_port_t;

typedef struct {
    const char *buildNumber;
    const char *description;
} ov_version_t;

typedef struct {
    int64_t rank;
    int64_t *dims;
} ov_shape_t;

typedef struct {
    int64_t min;
    int64_t max;
} ov_dimension_t;

typedef struct {
    ov_dimension_t rank;
    ov_dimension_t *dims;
} ov_partial_shape_t;

typedef struct {
    const char *key;
    const char *value;
} ov_property_t;

/// Element types are numbered differently from version to version: the model itself is asked for its own.
#define OV_FUNCTIONS(X) \
    X(const char *, ov_get_last_err_msg, (void)) \
    X(int, ov_get_openvino_version, (ov_version_t *)) \
    X(void, ov_version_free, (ov_version_t *)) \
    X(void, ov_free, (const char *)) \
    X(int, ov_core_create, (ov_core_t **)) \
    X(void, ov_core_free, (ov_core_t *)) \
    X(int, ov_core_read_model_from_memory_buffer, \
      (const ov_core_t *, const char *model, size_t length, const ov_tensor_t *weights, ov_model_t **)) \
    X(int, ov_core_compile_model_props, \
      (const ov_core_t *, const ov_model_t *, const char *device, size_t count, const ov_property_t *, \
       ov_compiled_model_t **)) \
    X(int, ov_model_reshape_single_input, (const ov_model_t *, ov_partial_shape_t)) \
    X(void, ov_model_free, (ov_model_t *)) \
    X(int, ov_compiled_model_input, (const ov_compiled_model_t *, ov_output_const_port_t **)) \
    X(int, ov_compiled_model_create_infer_request, (const ov_compiled_model_t *, ov_infer_request_t **)) \
    X(void, ov_compiled_model_free, (ov_compiled_model_t *)) \
    X(int, ov_port_get_element_type, (const ov_output_const_port_t *, int *type)) \
    X(int, ov_const_port_get_shape, (const ov_output_const_port_t *, ov_shape_t *)) \
    X(void, ov_output_const_port_free, (ov_output_const_port_t *)) \
    X(int, ov_shape_free, (ov_shape_t *)) \
    X(int, ov_infer_request_set_input_tensor, (ov_infer_request_t *, const ov_tensor_t *)) \
    X(int, ov_infer_request_get_tensor, (const ov_infer_request_t *, const char *name, ov_tensor_t **)) \
    X(int, ov_infer_request_infer, (ov_infer_request_t *)) \
    X(void, ov_infer_request_free, (ov_infer_request_t *)) \
    X(int, ov_tensor_create_from_host_ptr, (int type, ov_shape_t, void *data, ov_tensor_t **)) \
    X(int, ov_tensor_get_size, (const ov_tensor_t *, size_t *)) \
    X(int, ov_tensor_data, (const ov_tensor_t *, void **)) \
    X(void, ov_tensor_free, (ov_tensor_t *))

/// The functions above as members, so that Swift calls them by their names.
typedef struct {
#define OV_MEMBER(result, name, parameters) result(*name) parameters;
    OV_FUNCTIONS(OV_MEMBER)
#undef OV_MEMBER
} OvFunctions;

/// Opens the library at `path` and never closes it. False, and why, where it cannot serve.
bool OvOpenLibrary(const char *path, OvFunctions *functions, char *why, size_t why_capacity);

/// Whether this processor sums the products of bytes exactly. Older ones of Intel's kind cut sums of two products off
/// at 16 bits, whichever library asks them.
bool OvHasByteProducts(void);

/// Whether this processor multiplies bfloat16 numbers itself, and not by way of float32.
bool OvHasBfloat16(void);

/// Whether bfloat16 is faster than float32 here. With AVX512-BF16 alone it is on AMD's processors, and is not on Intel's,
/// whose tiles (AMX) it was made for.
bool OvIsFasterInBfloat16(void);
