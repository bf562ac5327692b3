"""Caps on the present process, set by the worker before it reads anybody's file (trust.md §6.1)."""

import sys

MEMORY_BYTES = 700 * 1024 * 1024


def cap_this_process(memory_bytes: int = MEMORY_BYTES) -> None:
    """Limit memory and forbid core files; on Windows by a Job Object. macOS ignores the memory limit, time still holds."""
    if sys.platform == "win32":
        _cap_on_windows(memory_bytes)
    else:
        import resource

        _lower(resource.RLIMIT_AS, memory_bytes)
        _lower(resource.RLIMIT_CORE, 0)


if sys.platform != "win32":

    def _lower(which: int, wanted: int) -> None:
        import resource

        _, hard = resource.getrlimit(which)
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(which, (allowed, allowed))

else:
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _PROCESS_MEMORY = 0x00000100
    _DIE_ON_EXCEPTION = 0x00000400

    class _BasicLimits(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION of winnt.h."""

        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Limits(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h; the six counters of IO_COUNTERS are not used."""

        _fields_ = (
            ("Basic", _BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _cap_on_windows(memory_bytes: int) -> None:
        """Put this process into a job of its own; where that is forbidden the time limit of the parent remains."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = _Limits()
        limits.Basic.LimitFlags = _PROCESS_MEMORY | _DIE_ON_EXCEPTION
        limits.ProcessMemoryLimit = memory_bytes
        kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))
