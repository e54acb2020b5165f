// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/model/layers/autocast.h"

#include <ATen/autocast_mode.h>

namespace nabiz::trainer {

Autocast::Autocast(at::DeviceType device, std::optional<at::ScalarType> type)
    : m_device(device)
    , m_wasEnabled(at::autocast::is_autocast_enabled(device))
    , m_type(at::autocast::get_autocast_dtype(device))
{
    at::autocast::set_autocast_enabled(device, type.has_value());
    if (type)
        at::autocast::set_autocast_dtype(device, *type);
    at::autocast::increment_nesting();
}

Autocast::~Autocast()
{
    if (at::autocast::decrement_nesting() == 0)
        forgetCopies(m_device);
    at::autocast::set_autocast_dtype(m_device, m_type);
    at::autocast::set_autocast_enabled(m_device, m_wasEnabled);
}

void Autocast::forgetCopies(at::DeviceType device)
{
    if (at::autocast::is_autocast_enabled(device))
        at::autocast::clear_cache();
}

} // namespace nabiz::trainer
