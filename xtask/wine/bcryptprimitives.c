/* The random bytes of Windows, for a Wine that is too old to have them: Rust's standard library asks here. */
#include <windows.h>
#include <ntsecapi.h>

enum { MOST = 1 << 16 };

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count)
{
    while (count > 0) {
        ULONG part = count < MOST ? (ULONG)count : MOST;
        if (!RtlGenRandom(bytes, part))
            return FALSE;
        bytes += part;
        count -= part;
    }
    return TRUE;
}
