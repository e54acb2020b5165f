// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "trainer/memory/cuda_state.h"

int main(int argc, char** argv)
{
    nabiz::trainer::prepareCudaEnvironment();
    return nabiz::app::runCommandLine(argc, argv);
}
