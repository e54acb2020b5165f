# LibTorch::LibTorch over the folder LIBTORCH_ROOT: a pip-installed torch, or the unpacked libtorch archive. Torch's own
# CMake package is not used, since a CUDA build of it asks for the whole CUDA toolkit. CUDA's libraries are not linked but
# opened at run time, so that one program serves both kinds of machine.
set(LibTorch_INCLUDE "${LIBTORCH_ROOT}/include")
set(LibTorch_LIB "${LIBTORCH_ROOT}/lib")
if(NOT EXISTS "${LibTorch_INCLUDE}/ATen/ATen.h")
    set(LibTorch_NOT_FOUND_MESSAGE "No LibTorch in '${LIBTORCH_ROOT}': run ./run.sh setup, or set LIBTORCH_ROOT")
else()
    file(STRINGS "${LibTorch_INCLUDE}/torch/headeronly/version.h" lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
    if(NOT lines)
        file(STRINGS "${LibTorch_INCLUDE}/torch/csrc/api/include/torch/version.h" lines
            REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
    endif()
    string(REGEX MATCHALL "[0-9]+" numbers "${lines}")
    list(JOIN numbers "." LibTorch_VERSION)
endif()

# Whether it has c10d with Gloo, for training on several ranks: the headers lie there in any case.
if(LibTorch_VERSION AND NOT DEFINED LibTorch_GLOO)
    execute_process(COMMAND sh -c "nm -D --defined-only \"$1\" | grep -q ProcessGroupGlooC" sh "${LibTorch_LIB}/libtorch_cpu.so"
        RESULT_VARIABLE missing ERROR_QUIET)
    if(missing)
        set(found OFF)
    else()
        set(found ON)
    endif()
    set(LibTorch_GLOO ${found} CACHE BOOL "LibTorch has c10d with Gloo")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
    REQUIRED_VARS LibTorch_INCLUDE LibTorch_VERSION
    VERSION_VAR LibTorch_VERSION
    REASON_FAILURE_MESSAGE "${LibTorch_NOT_FOUND_MESSAGE}")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
    add_library(LibTorch::LibTorch INTERFACE IMPORTED)
    target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE
        "${LibTorch_INCLUDE}" "${LibTorch_INCLUDE}/torch/csrc/api/include")
    target_link_libraries(LibTorch::LibTorch INTERFACE
        "${LibTorch_LIB}/libtorch.so" "${LibTorch_LIB}/libtorch_cpu.so" "${LibTorch_LIB}/libc10.so")
    target_link_options(LibTorch::LibTorch INTERFACE -Wl,--allow-shlib-undefined)
    # Its headers name themselves in what they say of mistakes: without the folder in which they lay here.
    target_compile_options(LibTorch::LibTorch INTERFACE "-fmacro-prefix-map=${LIBTORCH_ROOT}/=torch/")
endif()
