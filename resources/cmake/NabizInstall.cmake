# What an installation holds, and the packages made of it: the program, the trainer library with LibTorch beside it, what scripts of
# others take, and what a desktop and a shell need to know the program by. Nothing in it names the folder it was built in.
set(NABIZ_PACKED_TORCH "${LIBTORCH_ROOT}" CACHE PATH "The torch folder whose libraries are installed")
set(resources "${CMAKE_SOURCE_DIR}/resources")
set(library_permissions FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)

install(TARGETS nabiz RUNTIME DESTINATION bin)
install(TARGETS nabiz_trainer LIBRARY DESTINATION lib/nabiz
    PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
install(PROGRAMS "${resources}/setup/libtorch.sh" DESTINATION lib/nabiz RENAME get-libtorch)
install(FILES "${CMAKE_BINARY_DIR}/python/nabiz.py" "${CMAKE_BINARY_DIR}/python/nabiz_log.h" DESTINATION share/nabiz/python)

# LibTorch as it lies in a Python, without what is Python's; of a CUDA build, NVIDIA's libraries beside it.
install(DIRECTORY "${NABIZ_PACKED_TORCH}/lib/" DESTINATION lib/nabiz/libtorch/torch/lib ${library_permissions}
    FILES_MATCHING PATTERN "*.so*" PATTERN "*python*" EXCLUDE PATTERN "*test*" EXCLUDE PATTERN "libshm*" EXCLUDE
    PATTERN "libaoti_custom_ops*" EXCLUDE PATTERN "libbackend_with_compiler*" EXCLUDE)
if(EXISTS "${NABIZ_PACKED_TORCH}/../nvidia")
    install(DIRECTORY "${NABIZ_PACKED_TORCH}/../nvidia" DESTINATION lib/nabiz/libtorch ${library_permissions}
        FILES_MATCHING PATTERN "*.so*" PATTERN include EXCLUDE)
endif()

install(FILES "${resources}/packages/copyright" DESTINATION share/doc/nabiz)
install(FILES "${CMAKE_BINARY_DIR}/nabiz.1.gz" DESTINATION share/man/man1)
install(FILES "${resources}/completions/nabiz.bash" DESTINATION share/bash-completion/completions RENAME nabiz)
install(FILES "${resources}/completions/_nabiz" DESTINATION share/zsh/vendor-completions)
install(FILES "${resources}/completions/nabiz.fish" DESTINATION share/fish/vendor_completions.d)

if(NABIZ_GUI)
    set(desktop "${resources}/desktop")
    install(FILES "${desktop}/org.nabiz.Nabiz.desktop" DESTINATION share/applications)
    install(FILES "${desktop}/org.nabiz.Nabiz.metainfo.xml" DESTINATION share/metainfo)
    install(FILES "${desktop}/org.nabiz.Nabiz.mime.xml" DESTINATION share/mime/packages RENAME org.nabiz.Nabiz.xml)
    install(FILES "${desktop}/org.nabiz.Nabiz.svg" DESTINATION share/icons/hicolor/scalable/apps)
    install(FILES "${desktop}/org.nabiz.Nabiz-symbolic.svg" DESTINATION share/icons/hicolor/symbolic/apps)
    include(NabizPackage)
endif()
