/* The loader of WebView2 on a made-up Windows that has a runtime in which no window can be made: what does not need a
   window runs. Wine has no WebView2. */
#include <windows.h>
#include <objbase.h>
#include <wchar.h>

static const wchar_t VERSION[] = L"120.0.0.0";

__declspec(dllexport) HRESULT STDAPICALLTYPE GetAvailableCoreWebView2BrowserVersionString(PCWSTR folder, LPWSTR *version)
{
    (void)folder;
    *version = CoTaskMemAlloc(sizeof VERSION);
    if (!*version)
        return E_OUTOFMEMORY;
    wcscpy(*version, VERSION);
    return S_OK;
}

__declspec(dllexport) HRESULT STDAPICALLTYPE CreateCoreWebView2EnvironmentWithOptions(PCWSTR browser, PCWSTR data,
                                                                                      void *options, void *made)
{
    (void)browser;
    (void)data;
    (void)options;
    (void)made;
    return E_FAIL;
}

__declspec(dllexport) HRESULT STDAPICALLTYPE CreateCoreWebView2Environment(void *made)
{
    (void)made;
    return E_FAIL;
}

__declspec(dllexport) HRESULT STDAPICALLTYPE CompareBrowserVersions(PCWSTR one, PCWSTR other, int *result)
{
    (void)one;
    (void)other;
    *result = 0;
    return S_OK;
}
