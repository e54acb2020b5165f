// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nabiz::storage {

std::shared_ptr<const MappedFile> MappedFile::open(const std::filesystem::path& file, std::size_t bytes)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return nullptr;
    struct stat status { };
    const bool fits = bytes > 0 && ::fstat(descriptor, &status) == 0 && status.st_size == static_cast<off_t>(bytes);
    void* const data = fits ? ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, descriptor, 0) : MAP_FAILED;
    ::close(descriptor);
    return data == MAP_FAILED ? nullptr : std::shared_ptr<const MappedFile>(new MappedFile(data, bytes));
}

MappedFile::~MappedFile()
{
    ::munmap(m_data, m_size);
}

void MappedFile::letGo() const
{
    ::madvise(m_data, m_size, MADV_DONTNEED);
}

} // namespace nabiz::storage
