// Debian's ITK headers refuse compilers other than GNU. Under clang (clang-tidy, libFuzzer) show
// them a GNU compiler for as long as that one check is read.
#pragma once
#if defined(__clang__) && defined(__cplusplus)
#pragma push_macro("__clang__")
#pragma push_macro("__GNUC__")
#pragma push_macro("__GNUC_MINOR__")
#undef __clang__
#undef __GNUC__
#undef __GNUC_MINOR__
#define __GNUC__ 12
#define __GNUC_MINOR__ 2
#if __has_include(<itk_compiler_detection.h>)
#include <itk_compiler_detection.h>
#endif
#pragma pop_macro("__GNUC_MINOR__")
#pragma pop_macro("__GNUC__")
#pragma pop_macro("__clang__")
#endif
