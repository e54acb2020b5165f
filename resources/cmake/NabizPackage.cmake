# The .deb, by CPack: ./run.sh package. Its dependencies are what dpkg-shlibdeps finds that the program is linked to, and the
# parts of Qt that are opened at run time.
execute_process(COMMAND "${NABIZ_GZIP}" -9nc "${CMAKE_SOURCE_DIR}/resources/packages/changelog"
    OUTPUT_FILE "${CMAKE_BINARY_DIR}/changelog.gz" COMMAND_ERROR_IS_FATAL ANY)
install(FILES "${CMAKE_BINARY_DIR}/changelog.gz" DESTINATION share/doc/nabiz)
install(FILES "${CMAKE_SOURCE_DIR}/resources/packages/lintian-overrides" DESTINATION share/lintian/overrides RENAME nabiz)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME nabiz)
set(CPACK_PACKAGE_CONTACT "The Nabiz authors <maintainers@nabiz.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "experiment tracker that trains in its own process")
set(CPACK_PACKAGE_DESCRIPTION
"Nabiz trains language models and records the loss, the memory and the speed
of every batch in one SQLite file. Runs are compared setting by setting and
curve over curve, and a click writes a report of them.
.
This package holds LibTorch for the CPU; /usr/lib/nabiz/get-libtorch fetches
the build that the NVIDIA driver of a machine can run.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_THREADS 0)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${NABIZ_PACKED_TORCH}/lib")
set(CPACK_DEBIAN_PACKAGE_DEPENDS "qt6-qpa-plugins")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates, fonts-dejavu-core, qt6-wayland")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3-pip")
include(CPack)
