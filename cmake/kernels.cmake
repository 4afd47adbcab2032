# muster_kernel(isa source…): code for one instruction set, called only where the CPU has it.
# These files share nothing inline with others: a linker may keep either copy of an inline function.
# core/this_cpu.cpp asks the CPU for each of these.
set(muster_flags_sse42 -msse4.2 -mpopcnt)
set(muster_flags_avx2 -mavx2 -mbmi -mbmi2 -mpopcnt)
set(muster_flags_avx512 ${muster_flags_avx2} -mavx512f -mavx512bw -mavx512dq -mavx512vl
    -mavx512vbmi -mavx512vbmi2 -mavx512bitalg -mavx512vpopcntdq -mgfni)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND muster_flags_avx512 -Wno-maybe-uninitialized)  # false alarms in GCC's own headers
endif()
set(muster_flags_neon)
set(muster_cpu_avx512 x86_64 AMD64)
set(muster_cpu_avx2 x86_64 AMD64)
set(muster_cpu_sse42 x86_64 AMD64)
set(muster_cpu_neon aarch64 arm64)
function(muster_kernel isa)
  if(CMAKE_SYSTEM_PROCESSOR IN_LIST muster_cpu_${isa})
    target_sources(muster_objects PRIVATE ${ARGN})
    # Tight loops of known length: unrolling them pays, whatever the rest is built with.
    set_source_files_properties(${ARGN} TARGET_DIRECTORY muster_objects PROPERTIES
      COMPILE_OPTIONS "${muster_flags_${isa}};$<$<CONFIG:Release>:-O3>"
      SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
endfunction()
