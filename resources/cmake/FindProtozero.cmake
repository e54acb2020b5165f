# Protozero::protozero: headers alone, and their package has no CMake files of its own.
find_path(Protozero_INCLUDE protozero/version.hpp)
if(Protozero_INCLUDE)
    file(STRINGS "${Protozero_INCLUDE}/protozero/version.hpp" line REGEX "define PROTOZERO_VERSION_STRING ")
    string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" Protozero_VERSION "${line}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Protozero REQUIRED_VARS Protozero_INCLUDE VERSION_VAR Protozero_VERSION)

if(Protozero_FOUND AND NOT TARGET Protozero::protozero)
    add_library(Protozero::protozero INTERFACE IMPORTED)
    target_include_directories(Protozero::protozero SYSTEM INTERFACE "${Protozero_INCLUDE}")
endif()
