// SPDX-License-Identifier: GPL-3.0-or-later
// Names of the facts that a run's record holds beside those of its data (data.files, data.bytes …, see data/dataset.h).
// Constant; any thread.
#pragma once

namespace nabiz::trainer {

inline constexpr const char* kFactDevice = "device"; // cpu, cuda:0
inline constexpr const char* kFactGpu = "gpu"; // its name; absent on a CPU
inline constexpr const char* kFactDriver = "driver"; // version; absent where there is none
inline constexpr const char* kFactCpu = "cpu"; // its name
inline constexpr const char* kFactThreads = "threads"; // of the training
inline constexpr const char* kFactTorch = "torch"; // version of LibTorch
inline constexpr const char* kFactTorchCuda = "torch.cuda"; // yes = a build for CUDA; this and the next two
inline constexpr const char* kFactCudaDevices = "torch.cuda_devices"; // are doctor's alone: that LibTorch can use
inline constexpr const char* kFactCudaState = "torch.cuda_state"; // why it can or cannot, in a sentence
inline constexpr const char* kFactParameters = "model.parameters"; // weights, the language model's left out
inline constexpr const char* kFactTrainedParameters = "model.trained_parameters";
inline constexpr const char* kFactRanks = "ranks"; // so many; this and the next two of a run on several
inline constexpr const char* kFactRankHosts = "ranks.hosts"; // "a: 0, 1; b: 2, 3"
inline constexpr const char* kFactRankEngine = "ranks.engine"; // what carries what they say: "gloo"
inline constexpr const char* kFactMemoryLoaded = "memory.loaded"; // by tensors, after loading, in bytes
inline constexpr const char* kFactMemoryPredicted = "memory.predicted"; // at most, by the estimate, in bytes
inline constexpr const char* kFactMemoryLedger = "memory.ledger"; // what that is made of, see memory_ledger.h
inline constexpr const char* kFactStandIn = "stand_in"; // shape; absent when none is used

} // namespace nabiz::trainer
