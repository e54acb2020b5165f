// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/current_failure.h"

#include "app/run/terminal_text.h"
#include "storage/records/storage_error.h"
#include "trainer/base/train_error.h"

#include <cstdio>
#include <new>
#include <stdexcept>

namespace nabiz::app {

using trainer::message;

trainer::Message currentFailure()
{
    try {
        throw;
    } catch (const trainer::TrainError& error) {
        return error.message();
    } catch (const storage::StorageError& error) {
        return message("%1", error.what());
    } catch (const std::bad_alloc&) {
        return message(NABIZ_TEXT("Message", "This machine has run out of memory."));
    } catch (const std::logic_error& error) {
        return message(NABIZ_TEXT("Message", "A mistake of the program: %1. Please report it."), error.what());
    } catch (const std::exception& error) {
        return message("%1", error.what());
    } catch (...) {
        return message(NABIZ_TEXT("Message", "Something failed without saying why. Please report it."));
    }
}

void printFailure(const trainer::Message& failure)
{
    std::fprintf(stderr, "nabiz: %s\n", safeLine(failure.english()).c_str());
}

} // namespace nabiz::app
